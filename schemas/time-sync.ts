import { ACKNOWLEDGEMENT, carrying } from './body-sources.ts';
import { type MessageDefinition, message } from './message.ts';

/** Time synchronisation at login: §6.2.21 gives it ids but no chapter number. */
export const TIME_SYNC: readonly MessageDefinition[] = [
  message({
    id: 1590,
    name: 'SYNC_TIME_REQ',
    from: 'client',
    reply: 1591,
    spec: '6.2.21',
    body: carrying('OPTimeSettingNoRTC', 'OPTimeSetting'),
  }),
  message({
    id: 1591,
    name: 'SYNC_TIME_RSP',
    from: 'device',
    replyTo: 1590,
    spec: '6.2.21',
    body: ACKNOWLEDGEMENT,
  }),
];
