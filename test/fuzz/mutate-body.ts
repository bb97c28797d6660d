import { mutateBytes } from './mutate-bytes.ts';
import { makeJson, mutateText } from './mutate-text.ts';
import type { Random } from './random.ts';

/** Bodies are two bytes that choose the message, then what it says. */
const FRONT = 2;

export function mutateBody(random: Random, input: Buffer, other: Buffer): Buffer {
  const front = random.chance(8) ? random.bytes(FRONT) : input.subarray(0, FRONT);
  const body = input.subarray(FRONT);
  const lent = other.subarray(FRONT);
  if (random.chance(12)) return Buffer.concat([front, Buffer.from(makeJson(random))]);
  return Buffer.concat([front, (random.chance(3) ? mutateBytes : mutateText)(random, body, lent)]);
}
