import { BodyPlaces } from '../session/body-places.ts';
import type { Asked } from '../session/exchanges.ts';
import { MediaStream } from '../session/media-stream.ts';
import type { Message } from '../session/message.ts';
import type { Sample } from './ledger.ts';

type Path = readonly (string | number)[];

/** UTF-16 units of a pointer that are kept: a key of a body may have megabytes, and a ledger keeps thousands of pointers. */
const LONGEST_POINTER = 1024;

/** What is kept of a pointer; the ellipsis says that it goes on. */
export function clipped(pointer: string): string {
  if (pointer.length <= LONGEST_POINTER) return pointer;
  // A slice would keep the whole of it alive.
  return `${Buffer.from(pointer.slice(0, LONGEST_POINTER)).toString()}…`;
}

/** Where a breach lies in the capture. */
export function sampleOf(at: Message | Asked | MediaStream | undefined, text: string): Sample {
  if (at === undefined) {
    return { message: 0, packets: [0, 0], flow: 0, session: 0, seconds: 0, nanoseconds: 0, text };
  }
  if (at instanceof MediaStream) {
    const { firstMessage, firstPacket, lastPacket, origin, session, startSeconds, startNanoseconds } = at;
    return {
      message: firstMessage,
      packets: [firstPacket, lastPacket],
      flow: origin.flow,
      session,
      seconds: startSeconds,
      nanoseconds: startNanoseconds,
      text,
    };
  }
  return {
    message: at.number,
    packets: [at.firstPacket, at.lastPacket],
    flow: typeof at.flow === 'number' ? at.flow : at.flow.number,
    session: typeof at.session === 'object' ? at.session.number : (at.session ?? 0),
    seconds: at.seconds,
    nanoseconds: at.nanoseconds,
    text,
  };
}

/** Where a member is in the body of a message: its pointer, and its bytes as far as they are at hand. */
export function bodyPlace(message: Message | undefined, path: Path): Partial<Sample> {
  const { content } = message ?? {};
  const place =
    message === undefined || content?.kind !== 'json'
      ? { pointer: pointerOf(path, String) }
      : new BodyPlaces(message.body, message.bodyStart, content.body, content.limits).ofPath(path, 'value');
  return place.pointer === undefined ? place : { ...place, pointer: clipped(place.pointer) };
}

/** The pointer with a star for each index: the same place in every element. */
export function placeOf(path: Path): string {
  return clipped(pointerOf(path, () => '*'));
}

/** The same for a pointer that is made already. */
export function starred(pointer: string): string {
  return clipped(pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'));
}

function pointerOf(path: Path, index: (index: number) => string): string {
  return path
    .map(
      (part) =>
        `/${typeof part === 'number' ? index(part) : part.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    )
    .join('');
}
