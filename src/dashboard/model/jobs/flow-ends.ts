import { type Flow, PROTOCOL_UDP } from '../../../reassembly/flow.ts';
import { formatAddress, formatEndpoint } from '../../../report/format/address.ts';
import type { FlowEntry } from '../index/flow-index.ts';

/** Protocol and both ends, whichever spoke first: what a flow is known by where its number says nothing. */
export function endsOfFlow(flow: Flow): string {
  const [a, b] = ([0, 1] as const).map((side) =>
    formatEndpoint(formatAddress(flow.address(side)), flow.port(side)),
  );
  return ends(flow.protocol === PROTOCOL_UDP ? 'udp' : 'tcp', a ?? '', b ?? '');
}

/** The same of a flow that is remembered. */
export function endsOfEntry({ ends: kept, flow, ended }: FlowEntry): string {
  const known = flow ?? kept;
  if (known !== undefined) return endsOfFlow(known);
  if (ended === undefined) return '';
  const { protocol, client, server } = ended;
  return ends(
    protocol,
    formatEndpoint(client.address, client.port),
    formatEndpoint(server.address, server.port),
  );
}

function ends(protocol: string, a: string, b: string): string {
  return a < b ? `${protocol} ${a} ${b}` : `${protocol} ${b} ${a}`;
}
