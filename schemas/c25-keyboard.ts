import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** C25, network keyboard (§5.18). */
export const KEYBOARD: readonly MessageDefinition[] = [
  message({
    id: 1550,
    name: 'NET_KEYBOARD_REQ',
    from: 'client',
    reply: 1551,
    spec: '6.2.18',
    body: carrying('OPNetKeyboard'),
  }),
  message({
    id: 1551,
    name: 'NET_KEYBOARD_RSP',
    from: 'device',
    replyTo: 1550,
    spec: '6.2.18',
    body: ACKNOWLEDGEMENT,
  }),
];
