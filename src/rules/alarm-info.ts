import { type Body, member, numberMember, textMember } from './turn.ts';

/** What AlarmInfo of an alarm (1504, §5.14.3) says, as far as it does. */
export interface AlarmInfo {
  readonly channel: number | undefined;
  readonly event: string | undefined;
  readonly startTime: string | undefined;
  readonly status: string | undefined;
}

/** Undefined where there is none. */
export function readAlarmInfo(body: Body): AlarmInfo | undefined {
  const info = member(body, 'AlarmInfo');
  if (typeof info !== 'object' || info === null) return undefined;
  return {
    channel: numberMember(info, 'Channel'),
    event: textMember(info, 'Event'),
    startTime: textMember(info, 'StartTime'),
    status: textMember(info, 'Status'),
  };
}
