import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT, asksFor, carrying } from './body-sources.ts';
import { integer } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';

const PROGRESS: BodySource = {
  progress: true,
  members: () => ({
    Ret: integer('progress in per cent; at the end 515 done, 514 failed, 513 bad data', {
      min: 0,
      open: true,
    }),
  }),
};

/** C22, firmware upgrade (§4.12, §5.15). */
export const UPGRADE: readonly MessageDefinition[] = [
  message({
    id: 1520,
    name: 'UPGRADE_REQ',
    from: 'client',
    reply: 1521,
    spec: '6.2.15',
    body: carrying('OPSystemUpgrade'),
  }),
  message({
    id: 1521,
    name: 'UPGRADE_RSP',
    from: 'device',
    replyTo: 1520,
    spec: '6.2.15',
    body: carrying('OPSystemUpgrade'),
  }),
  message({
    id: 1522,
    name: 'UPGRADE_DATA',
    from: 'client',
    kind: 'media',
    carrier: 'firmware',
    reply: 1523,
    spec: '6.2.15',
  }),
  message({
    id: 1523,
    name: 'UPGRADE_DATA_RSP',
    from: 'device',
    replyTo: 1522,
    spec: '6.2.15',
    body: ACKNOWLEDGEMENT,
  }),
  // §5.15.3: PU to CU, without a reply; Ret 0…100 is the progress.
  message({ id: 1524, name: 'UPGRADE_PROGRESS', from: 'device', spec: '6.2.15', body: PROGRESS }),
  message({
    id: 1525,
    name: 'UPGRADE_INFO_REQ',
    from: 'client',
    reply: 1526,
    spec: '6.2.15',
    body: asksFor('OPSystemUpgrade'),
  }),
  message({
    id: 1526,
    name: 'UPGRADE_INFO_RSP',
    alias: 'UPGRADE_INFO_RSQ',
    from: 'device',
    replyTo: 1525,
    spec: '6.2.15',
    body: carrying('OPSystemUpgrade'),
  }),
];
