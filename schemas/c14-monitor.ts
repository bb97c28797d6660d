import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';
import { claimMembers, negotiationMembers } from './negotiation.ts';

/** C14, live view (§4.8, §5.5). In active registration the PU opens the data socket and claims it (§4.8.2). */
export const MONITOR: readonly MessageDefinition[] = [
  message({
    id: 1410,
    name: 'MONITOR_REQ',
    from: 'client',
    reply: 1411,
    spec: '6.2.7',
    body: carrying('OPMonitor'),
  }),
  message({
    id: 1411,
    name: 'MONITOR_RSP',
    from: 'device',
    replyTo: 1410,
    spec: '6.2.7',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1412, name: 'MONITOR_DATA', from: 'device', kind: 'media', spec: '6.2.7' }),
  message({
    id: 1413,
    name: 'MONITOR_CLAIM',
    from: 'either',
    reply: 1414,
    spec: '6.2.7',
    body: { ...carrying('OPMonitor'), members: claimMembers },
  }),
  message({
    id: 1414,
    name: 'MONITOR_CLAIM_RSP',
    from: 'either',
    replyTo: 1413,
    spec: '6.2.7',
    body: { members: negotiationMembers },
  }),
];
