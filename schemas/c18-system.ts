import { type Message, message } from './message.ts';

/** C18, system management and time (§5.10, §5.11). */
export const SYSTEM: readonly Message[] = [
  message({ id: 1450, name: 'SYSMANAGER_REQ', from: 'client', reply: 1451, spec: '6.2.11' }),
  message({ id: 1451, name: 'SYSMANAGER_RSP', from: 'device', replyTo: 1450, spec: '6.2.11' }),
  message({ id: 1452, name: 'TIMEQUERY_REQ', from: 'client', reply: 1453, spec: '6.2.11' }),
  message({ id: 1453, name: 'TIMEQUERY_RSP', from: 'device', replyTo: 1452, spec: '6.2.11' }),
];
