import type { EngineName, LiveEvent } from '../../capture/live/engine.ts';
import { safeLine } from '../../report/format/safe-text.ts';
import type { EventRecord } from '../../report/records/live-records.ts';

/** The clock's time as records have it. */
export function clockTime(now: Date): string {
  return `${now.toISOString().slice(0, 23)}000000Z`;
}

/** What happened to an engine. */
export function engineEvent(event: LiveEvent, engine: EngineName | undefined, now: Date): EventRecord {
  const { kind } = event;
  const name = event.interface === '-' ? 'standard input' : safeLine(event.interface);
  const base = {
    schema: 'dvrscope.event/1',
    time: clockTime(now),
    event: kind,
    interface: event.interface,
  } as const;
  if (kind === 'started') {
    const text = event.again ? `${name}: packets are captured again` : `${name}: capturing`;
    return { ...base, ...(engine !== undefined && { engine }), ...(event.again && { again: true }), text };
  }
  const { problem } = event;
  const tried = kind === 'lost' ? '; it is tried again' : '';
  return { ...base, engine: problem.engine, code: problem.code, text: `${problem.message}${tried}` };
}

/** What happened to the ring files. */
export function spoolEvent(
  event: 'spool-trouble' | 'spool-resumed',
  path: string,
  why: string | undefined,
  now: Date,
): EventRecord {
  const text =
    why === undefined
      ? `${path}: packets are written again`
      : `${path}: packets cannot be written: ${why}; the capture goes on without, and it is tried again`;
  return { schema: 'dvrscope.event/1', time: clockTime(now), event, path, text };
}
