/** Damages a clean recording on purpose, at places that the log names. Same input, same damage. */
import type { LoggedMessage } from './log.ts';
import { type CapturedStream, type CaptureRecord, directionKey, segmentOf, sentAgain } from './pcap-file.ts';
import type { Range, Truth } from './truth.ts';
import { HEADER_BYTES, MEDIA_SLICE_BYTES } from './wire.ts';

export interface DamageStep {
  readonly step:
    | 'lose-inside-body'
    | 'lose-header'
    | 'reorder'
    | 'duplicate'
    | 'retransmit'
    | 'cut-beginning';
  /** At the first suitable message with this id, from that occurrence on, counted from 1 over the whole log. */
  readonly id: number;
  readonly occurrence: number;
}

export interface DamageDone {
  readonly step: DamageStep['step'];
  /** The number of the packet in the clean recording, from 1. */
  readonly packet: number;
  /** Bytes of stream in that packet. */
  readonly bytes: number;
}

export interface Damaged {
  readonly records: readonly CaptureRecord[];
  readonly done: readonly DamageDone[];
}

interface PlacedRecord extends CaptureRecord {
  readonly number: number;
  readonly key: string;
  readonly range: Range;
}

function placeRecords(
  records: readonly CaptureRecord[],
  streams: ReadonlyMap<string, CapturedStream>,
): readonly PlacedRecord[] {
  return records.map((record, at) => {
    const segment = segmentOf(record.frame);
    const key = segment === undefined ? '' : directionKey(segment.protocol, segment.from, segment.to);
    const base = streams.get(key)?.base ?? 0;
    const start = segment === undefined || segment.payload.length === 0 ? 0 : (segment.sequence - base) >>> 0;
    return { ...record, number: at + 1, key, range: { start, end: start + (segment?.payload.length ?? 0) } };
  });
}

/** What of each TCP direction a recording holds, as ranges of offsets from the first byte of the stream. */
export function presentRanges(
  records: readonly CaptureRecord[],
  streams: ReadonlyMap<string, CapturedStream>,
): ReadonlyMap<string, readonly Range[]> {
  const ranges = new Map<string, Range[]>();
  for (const { key, range } of placeRecords(records, streams)) {
    if (range.end > range.start) ranges.set(key, [...(ranges.get(key) ?? []), range]);
  }
  return ranges;
}

interface Target {
  readonly key: string;
  readonly message: LoggedMessage;
}

function targetsOf(truth: Truth, { id, occurrence }: DamageStep): readonly Target[] {
  return truth.flows
    .flatMap(({ forward, backward }) => [forward, backward])
    .flatMap((flow) =>
      flow === undefined
        ? []
        : flow.messages
            .filter((message) => message.id === id)
            .map((message) => ({ key: directionKey(flow.protocol, flow.local, flow.remote), message })),
    )
    .slice(occurrence - 1);
}

/** Whether a packet is a fit place for the step at that message. */
function isPlace(step: DamageStep['step'], range: Range, { offset, length }: LoggedMessage): boolean {
  const bodyStart = offset + HEADER_BYTES;
  switch (step) {
    case 'cut-beginning':
      // A full slice: the rest of its frame comes in the next message, and belongs to nothing either.
      return length >= MEDIA_SLICE_BYTES && range.start > bodyStart && range.end < bodyStart + length;
    case 'lose-inside-body':
      // 64 bytes into the body at least, so that the head of a media chunk stays in.
      return range.start >= bodyStart + 64 && range.end <= bodyStart + length;
    case 'lose-header':
      // The end of the message stays in, so that a reader has to look for the next header.
      return range.start <= offset && range.end > bodyStart && range.end < bodyStart + length;
    case 'reorder':
    case 'duplicate':
    case 'retransmit':
      return range.end - range.start > 0 && range.start <= offset && range.end > offset;
  }
}

function findPlace(records: readonly PlacedRecord[], truth: Truth, step: DamageStep): PlacedRecord {
  for (const { key, message } of targetsOf(truth, step)) {
    const found = records.find((record) => record.key === key && isPlace(step.step, record.range, message));
    if (found !== undefined) return found;
  }
  throw new Error(`the recording has no place for ${step.step} at message ${step.id}`);
}

/** Records between the original of a retransmission and the second try. */
const RETRANSMISSION_DISTANCE = 12;

function applyStep(
  records: readonly PlacedRecord[],
  step: DamageStep['step'],
  place: PlacedRecord,
): PlacedRecord[] {
  const at = records.indexOf(place);
  const changed = [...records];
  const timeOf = (record: PlacedRecord) => ({ seconds: record.seconds, fraction: record.fraction });
  switch (step) {
    case 'lose-inside-body':
    case 'lose-header':
      changed.splice(at, 1);
      return changed;
    case 'cut-beginning':
      return changed.slice(at);
    case 'duplicate':
      changed.splice(at + 1, 0, place);
      return changed;
    case 'retransmit': {
      const before = changed[Math.min(at + RETRANSMISSION_DISTANCE, changed.length - 1)] ?? place;
      changed.splice(changed.indexOf(before) + 1, 0, {
        ...place,
        ...timeOf(before),
        frame: sentAgain(place.frame),
      });
      return changed;
    }
    case 'reorder': {
      const later = changed.findIndex(
        (record, other) => other > at && record.key === place.key && record.range.end > record.range.start,
      );
      const next = changed[later];
      if (next === undefined) throw new Error('there is no later segment to change places with');
      changed[at] = { ...next, ...timeOf(place) };
      changed[later] = { ...place, ...timeOf(next) };
      return changed;
    }
  }
}

export function damageRecording(
  records: readonly CaptureRecord[],
  streams: ReadonlyMap<string, CapturedStream>,
  truth: Truth,
  steps: readonly DamageStep[],
): Damaged {
  let placed = placeRecords(records, streams);
  const done: DamageDone[] = [];
  for (const step of steps) {
    const place = findPlace(placed, truth, step);
    placed = applyStep(placed, step.step, place);
    done.push({ step: step.step, packet: place.number, bytes: place.range.end - place.range.start });
  }
  return { records: placed, done };
}
