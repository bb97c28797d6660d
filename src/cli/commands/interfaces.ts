import { type HostInterface, listInterfaces } from '../../capture/live/interfaces.ts';
import { safeJson } from '../../report/format/safe-text.ts';
import type { InterfaceRecord } from '../../report/records/host-records.ts';
import { interfacesText } from '../../report/text/host-text.ts';
import { outputStyle } from '../colour.ts';
import { writeLines } from '../write-lines.ts';

/** How long the traffic is looked at. */
const LOOK_SECONDS = 1;

/** Interfaces that `live -i` may be given, with their traffic. */
export async function interfaces(options: {
  readonly json?: boolean;
  readonly color: boolean;
}): Promise<void> {
  const records = (await listInterfaces(LOOK_SECONDS)).map(interfaceRecord);
  await writeLines(
    options.json === true
      ? records.map((record) => safeJson(record))
      : interfacesText(records, outputStyle(options)),
  );
}

function interfaceRecord({ ethernet, loopback, ...rest }: HostInterface): InterfaceRecord {
  const kind = loopback ? 'loopback' : ethernet ? 'ethernet' : 'other';
  return { schema: 'dvrscope.interface/1', ...rest, kind, addresses: [...rest.addresses] };
}
