import { ACKNOWLEDGEMENT, BARE_REQUEST } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** Upload of snapshots: §6.2.22 gives it ids but neither a chapter number nor a body. */
export const PHOTO: readonly MessageDefinition[] = [
  message({
    id: 1600,
    name: 'PHOTO_GET_REQ',
    from: 'client',
    reply: 1601,
    spec: '6.2.22',
    body: BARE_REQUEST,
  }),
  message({
    id: 1601,
    name: 'PHOTO_GET_RSP',
    from: 'device',
    carrier: 'jpeg-or-json',
    replyTo: 1600,
    spec: '6.2.22',
    body: ACKNOWLEDGEMENT,
  }),
];
