import { type Message, message } from './message.ts';

/** C23, discovery by UDP broadcast (§4.19, §5.16, which calls it C22). */
export const DISCOVERY: readonly Message[] = [
  message({ id: 1530, name: 'IPSEARCH_REQ', from: 'client', reply: 1531, spec: '6.2.16' }),
  message({ id: 1531, name: 'IPSEARCH_RSP', from: 'device', replyTo: 1530, spec: '6.2.16' }),
  message({ id: 1532, name: 'IP_SET_REQ', from: 'client', reply: 1533, spec: '6.2.16' }),
  message({ id: 1533, name: 'IP_SET_RSP', from: 'device', replyTo: 1532, spec: '6.2.16' }),
];
