import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C19, disks (§5.12). */
export const DISK: readonly MessageDefinition[] = [
  message({
    id: 1460,
    name: 'DISKMANAGER_REQ',
    alias: 'DSIKMANAGER_REQ',
    from: 'client',
    reply: 1461,
    spec: '6.2.12',
    body: carrying('OPStorageManager'),
  }),
  message({
    id: 1461,
    name: 'DISKMANAGER_RSP',
    alias: 'DSIKMANAGER_RSP',
    from: 'device',
    replyTo: 1460,
    spec: '6.2.12',
    body: ACKNOWLEDGEMENT,
  }),
];
