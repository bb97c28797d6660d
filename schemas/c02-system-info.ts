import { type Message, message } from './message.ts';

/** C2, device information (§5.2). */
export const SYSTEM_INFO: readonly Message[] = [
  message({ id: 1020, name: 'SYSINFO_REQ', from: 'client', reply: 1021, spec: '6.2.2' }),
  message({ id: 1021, name: 'SYSINFO_RSP', from: 'device', replyTo: 1020, spec: '6.2.2' }),
];
