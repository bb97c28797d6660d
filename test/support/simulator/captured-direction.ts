/** One direction of a flow of a recording: what of the log the capture holds. */
import { createHash } from 'node:crypto';
import { sessionText } from './body-text.ts';
import type { ExpectedMessage, ExpectedStream, Recording } from './expected.ts';
import type { LoggedFlow, LoggedMessage } from './log.ts';
import { directionKey } from './pcap-file.ts';
import { covers, mergeRanges, overlapBytes, type Range, type TrueFlow } from './truth.ts';
import { HEADER_BYTES } from './wire.ts';

/** One direction of a flow, as the capture holds it. */
export class Direction {
  readonly from: 'client' | 'server';
  readonly logged: LoggedFlow | undefined;
  readonly present: readonly Range[];
  /** Where in `messages` each message of the log stands; undefined for those whose header is lost. */
  readonly places: readonly (number | undefined)[];
  readonly list: readonly ExpectedMessage[];
  readonly #bytes: Buffer;

  constructor(flow: TrueFlow, number: number, from: 'client' | 'server', recording: Recording) {
    this.from = from;
    this.logged = from === 'client' ? flow.forward : flow.backward;
    const ends =
      from === 'client' ? ([flow.client, flow.server] as const) : ([flow.server, flow.client] as const);
    const key = directionKey(flow.protocol, ...ends);
    this.#bytes = recording.streams.get(key)?.bytes ?? Buffer.alloc(0);
    const whole = { start: 0, end: this.#bytes.length };
    this.present = mergeRanges(
      recording.present === undefined ? [whole] : (recording.present.get(key) ?? []),
    );
    const places: (number | undefined)[] = [];
    this.list = this.#messages(number, places);
    this.places = places;
  }

  stream(): ExpectedStream {
    const hash = createHash('sha256');
    for (const { start, end } of this.present) hash.update(this.#bytes.subarray(start, end));
    const bytes = overlapBytes(this.present, 0, this.#bytes.length);
    const gapBytes = (this.present.at(-1)?.end ?? 0) - (this.present[0]?.start ?? 0) - bytes;
    return { from: this.from, bytes, sha256: hash.digest('hex'), ...(gapBytes > 0 ? { gapBytes } : {}) };
  }

  hasHeader({ offset }: LoggedMessage): boolean {
    return covers(this.present, offset, offset + HEADER_BYTES);
  }

  isWhole({ offset, length }: LoggedMessage): boolean {
    return covers(this.present, offset, offset + HEADER_BYTES + length);
  }

  /** Bytes that belong to messages whose header is lost: a reader can but skip them. */
  skippedBytes(): number {
    return (this.logged?.messages ?? [])
      .filter((message) => !this.hasHeader(message))
      .reduce(
        (sum, { offset, length }) => sum + overlapBytes(this.present, offset, offset + HEADER_BYTES + length),
        0,
      );
  }

  /** Messages whose header is there, pieces of a cut one joined. */
  #messages(flow: number, places: (number | undefined)[]): readonly ExpectedMessage[] {
    const list: ExpectedMessage[] = [];
    let joint: number | undefined;
    for (const [index, message] of (this.logged?.messages ?? []).entries()) {
      if (!this.hasHeader(message)) continue;
      const before = list.at(-1);
      if (message.joint !== undefined && message.joint === joint && before !== undefined) {
        const fragments = (before.fragments ?? 1) + 1;
        list[list.length - 1] = { ...before, length: before.length + message.length, fragments };
        places[index] = list.length - 1;
        continue;
      }
      joint = message.joint;
      const whole = this.isWhole(message);
      places[index] = list.length;
      list.push({
        flow,
        from: this.logged?.side === 'device' ? 'device' : 'client',
        id: message.id,
        sessionId: sessionText.padded(message.sessionId),
        sequence: message.sequence,
        length: message.length,
        ...(whole && message.ret !== undefined ? { ret: message.ret } : {}),
        ...(whole ? {} : { complete: false }),
      });
    }
    return list;
  }

  /** Frames that are there whole, and the number of those that are there only in part. */
  frames() {
    const messages = this.logged?.messages ?? [];
    const counted = { videoFrames: 0, videoBytes: 0, audioFrames: 0, audioBytes: 0, cutFrames: 0 };
    for (const frame of this.logged?.frames ?? []) {
      const parts = frame.messages.flatMap((index) => messages[index] ?? []);
      const first = parts[0];
      if (!parts.every((part) => this.isWhole(part))) {
        if (first !== undefined && covers(this.present, first.offset, first.offset + HEADER_BYTES + 16))
          counted.cutFrames += 1;
      } else if (frame.kind === 'audio') {
        counted.audioFrames += 1;
        counted.audioBytes += frame.bytes;
      } else {
        counted.videoFrames += 1;
        counted.videoBytes += frame.bytes;
      }
    }
    return counted;
  }
}
