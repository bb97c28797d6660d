import type { Random } from './random.ts';

/** Numbers at which lengths and counts go wrong. */
const EDGES = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 19, 20, 21, 31, 32, 63, 64, 127, 128, 255, 256, 511, 1023, 1024, 4095, 4096,
  0x7fff, 0x8000, 0xfffe, 0xffff, 0x1_0000, 0xf_ffff, 0x100_0000, 0x100_0001, 0x7fff_ffff, 0x8000_0000,
  0xffff_fff0, 0xffff_ffff,
];

type Mutation = (random: Random, bytes: Buffer, other: Buffer) => Buffer;

function place(random: Random, bytes: Buffer): number {
  // Headers are at the front.
  return random.chance(2) ? random.below(bytes.length) : random.below(Math.min(bytes.length, 96));
}

function writeNumber(random: Random, bytes: Buffer, value: (before: number) => number): Buffer {
  const size = random.pick([1, 2, 4] as const) ?? 1;
  if (bytes.length < size) return bytes;
  const at = Math.min(place(random, bytes), bytes.length - size);
  const copy = Buffer.from(bytes);
  const little = random.chance(2);
  const before = little ? copy.readUIntLE(at, size) : copy.readUIntBE(at, size);
  const after = (value(before) >>> 0) % 2 ** (8 * size);
  if (little) copy.writeUIntLE(after, at, size);
  else copy.writeUIntBE(after, at, size);
  return copy;
}

const MUTATIONS: readonly Mutation[] = [
  (random, bytes) => {
    const copy = Buffer.from(bytes);
    const at = place(random, bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  (random, bytes) => {
    const copy = Buffer.from(bytes);
    copy[place(random, bytes)] = random.below(256);
    return copy;
  },
  (random, bytes) => writeNumber(random, bytes, () => random.pick(EDGES) ?? 0),
  (random, bytes) => writeNumber(random, bytes, (before) => before + random.below(9) - 4),
  (random, bytes) => writeNumber(random, bytes, () => bytes.length + random.below(9) - 4),
  (random, bytes) => {
    const at = place(random, bytes);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.few(64))]);
  },
  (random, bytes) => {
    const at = place(random, bytes);
    const part = bytes.subarray(at, at + random.few(200));
    const copies = Array.from({ length: random.few(20) }, () => part);
    return Buffer.concat([bytes.subarray(0, at), ...copies, bytes.subarray(at)]);
  },
  (random, bytes) => {
    const at = place(random, bytes);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(random.few(40)), bytes.subarray(at)]);
  },
  (random, bytes) => bytes.subarray(0, random.below(bytes.length + 1)),
  (random, bytes, other) => {
    const from = random.below(other.length);
    const part = other.subarray(from, from + random.few(2000));
    const at = place(random, bytes);
    return Buffer.concat([
      bytes.subarray(0, at),
      part,
      bytes.subarray(random.chance(2) ? at : at + part.length),
    ]);
  },
];

/** Bytes changed in one way; `other` lends a part. */
export function mutateBytes(random: Random, bytes: Buffer, other: Buffer): Buffer {
  if (bytes.length === 0) return random.bytes(random.few(64));
  return random.pick(MUTATIONS)?.(random, bytes, other) ?? bytes;
}
