import { alarmCentreMembers } from './alarms.ts';
import type { BodySource } from './body.ts';
import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { sessionIdText } from './kinds.ts';
import { type MessageDefinition, message } from './message.ts';

/** The session is all that the specification puts into it (§5.14.1); devices and clients add an empty `Name`. */
const GUARD: BodySource = { members: () => ({ SessionID: sessionIdText() }) };

/** C21, alarms (§5.14). */
export const ALARM: readonly MessageDefinition[] = [
  message({ id: 1500, name: 'GUARD_REQ', from: 'client', reply: 1501, spec: '6.2.14', body: GUARD }),
  message({
    id: 1501,
    name: 'GUARD_RSP',
    from: 'device',
    replyTo: 1500,
    spec: '6.2.14',
    body: ACKNOWLEDGEMENT,
  }),
  message({ id: 1502, name: 'UNGUARD_REQ', from: 'client', reply: 1503, spec: '6.2.14', body: GUARD }),
  message({
    id: 1503,
    name: 'UNGUARD_RSP',
    from: 'device',
    replyTo: 1502,
    spec: '6.2.14',
    body: ACKNOWLEDGEMENT,
  }),
  // The PU starts this one.
  message({
    id: 1504,
    name: 'ALARM_REQ',
    from: 'device',
    reply: 1505,
    spec: '6.2.14',
    body: carrying('AlarmInfo'),
  }),
  message({
    id: 1505,
    name: 'ALARM_RSP',
    from: 'client',
    replyTo: 1504,
    spec: '6.2.14',
    body: ACKNOWLEDGEMENT,
  }),
  message({
    id: 1506,
    name: 'NET_ALARM_REQ',
    from: 'client',
    reply: 1507,
    spec: '6.2.14',
    body: carrying('OPNetAlarm'),
  }),
  // §6.2.14 repeats the name of the request; its remark calls it the reply.
  message({
    id: 1507,
    name: 'NET_ALARM_RSP',
    alias: 'NET_ALARM_REQ',
    from: 'device',
    replyTo: 1506,
    spec: '6.2.14',
    body: ACKNOWLEDGEMENT,
  }),
  // §4.34.5: to the alarm centre, which does not answer. Devices open that connection (field-notes 7.7).
  message({
    id: 1508,
    name: 'ALARMCENTER_MSG_REQ',
    from: 'device',
    spec: '6.2.14',
    body: { members: alarmCentreMembers },
  }),
];
