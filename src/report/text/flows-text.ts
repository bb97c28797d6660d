import { formatEndpoint } from '../format/address.ts';
import type { Style } from '../format/style.ts';
import { formatBytes, formatCount, renderTable } from '../format/table.ts';
import type { FlowRecord } from '../records/schemas.ts';

/** The flows as a table; with digests, a second line of each direction's SHA-256. */
export function flowsText(flows: readonly FlowRecord[], style: Style): string[] {
  if (flows.length === 0) return [style.heading('No TCP or UDP flows.')];
  const rows = flows.map((flow) => [
    String(flow.flow),
    flow.protocol,
    formatEndpoint(flow.client.address, flow.client.port),
    formatEndpoint(flow.server.address, flow.server.port),
    flow.role ?? '-',
    flow.session === undefined ? '-' : String(flow.session),
    formatCount(flow.packets),
    formatBytes(flow.streams[0].bytes),
    formatBytes(flow.streams[1].bytes),
    trouble(flow),
  ]);
  const table = renderTable(
    [
      { title: 'Flow', align: 'right' },
      { title: 'Proto' },
      { title: 'Client' },
      { title: 'Server' },
      { title: 'DVRIP' },
      { title: 'Session', align: 'right' },
      { title: 'Packets', align: 'right' },
      { title: 'Client sent', align: 'right' },
      { title: 'Server sent', align: 'right' },
      { title: 'Trouble' },
    ],
    rows,
    style.faint,
  );
  const [heading = '', ...lines] = table;
  return [heading, ...lines.flatMap((line, i) => [line, ...digests(flows[i], style)])];
}

function trouble(flow: FlowRecord): string {
  const sum = (counter: (stream: FlowRecord['streams'][0]) => number) =>
    counter(flow.streams[0]) + counter(flow.streams[1]);
  const words: string[] = [];
  const gaps = sum((stream) => stream.gaps);
  if (gaps > 0) words.push(`${gaps} gap${gaps === 1 ? '' : 's'} (${formatBytes(sum((s) => s.gapBytes))})`);
  const again = sum((stream) => stream.retransmittedBytes);
  if (again > 0) words.push(`${formatBytes(again)} again`);
  const early = sum((stream) => stream.outOfOrderSegments);
  if (early > 0) words.push(`${early} out of order`);
  const conflicting = sum((stream) => stream.conflictingBytes);
  if (conflicting > 0) words.push(`${formatBytes(conflicting)} conflicting`);
  return words.join(', ');
}

function digests(flow: FlowRecord | undefined, style: Style): string[] {
  if (flow?.streams[0].sha256 === undefined) return [];
  return flow.streams.map((stream) => style.faint(`      ${stream.from} ${stream.sha256 ?? ''}`));
}
