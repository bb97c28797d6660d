import { carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** System debugging: §6.2.4 gives it ids but no chapter number. */
export const SYSTEM_DEBUG: readonly MessageDefinition[] = [
  message({
    id: 1052,
    name: 'SYSTEM_DEBUG_REQ',
    from: 'client',
    reply: 1053,
    spec: '6.2.4',
    body: carrying('DebugCamera'),
  }),
  message({
    id: 1053,
    name: 'SYSTEM_DEBUG_RSP',
    from: 'device',
    replyTo: 1052,
    spec: '6.2.4',
    body: carrying('DebugCamera'),
  }),
];
