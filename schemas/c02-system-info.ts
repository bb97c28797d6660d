import { ANY_OBJECT, asksFor } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** What devices tell under 1020: the specification's three, then those of newer devices. */
const INFORMATION_NAMES = [
  ...['SystemInfo', 'StorageInfo', 'WorkState', 'OEMInfo', '4GInfo', 'EncyptChipInfo', 'GPSStatus'],
  ...['WIFIStatus', '3GStatus', 'DASStatus', 'WifiAPALL'],
] as const;

/** C2, device information (§5.2). */
export const SYSTEM_INFO: readonly MessageDefinition[] = [
  message({
    id: 1020,
    name: 'SYSINFO_REQ',
    from: 'client',
    reply: 1021,
    spec: '6.2.2',
    body: asksFor(...INFORMATION_NAMES),
  }),
  message({ id: 1021, name: 'SYSINFO_RSP', from: 'device', replyTo: 1020, spec: '6.2.2', body: ANY_OBJECT }),
];
