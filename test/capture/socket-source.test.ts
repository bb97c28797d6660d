import { spawnSync } from 'node:child_process';
import { closeSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SocketSource } from '../../src/capture/byte-source.ts';
import { type EnginePipe, openEnginePipe } from '../../src/capture/live/engine-pipe.ts';

const hasMkfifo = spawnSync('mkfifo', ['--version']).status === 0;
if (!hasMkfifo && process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw new Error('mkfifo is missing');

const writeDescriptor = promisify(write);

function pipe(): EnginePipe {
  const opened = openEnginePipe(tmpdir());
  if (opened === undefined) throw new Error('no pipe');
  return opened;
}

/** Writes the pieces one after the other, as fast as they are taken, and closes. */
async function feed(descriptor: number, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) at += (await writeDescriptor(descriptor, piece, at)).bytesWritten;
  }
  closeSync(descriptor);
}

/** Reads to the end into buffers of these sizes, again and again, behind a margin that must stay as it is. */
async function drain(source: SocketSource, rooms: readonly number[], margin: number): Promise<Buffer> {
  const read: Buffer[] = [];
  for (let turn = 0; ; turn++) {
    const into = Buffer.alloc(margin + (rooms[turn % rooms.length] ?? 1), 0xee);
    const length = await source.read(into, margin);
    expect(into.subarray(0, margin).every((byte) => byte === 0xee)).toBe(true);
    if (length === 0) return Buffer.concat(read);
    read.push(into.subarray(margin, margin + length));
    // Somebody who takes his time: bytes come while nobody asks for them.
    if (turn % 5 === 4) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe.skipIf(!hasMkfifo)('a pipe (mkfifo)', () => {
  it('gives every byte once and in order, whatever the pieces and whatever there is room for', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 });
    const rooms = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pieces, rooms, fc.integer({ min: 0, max: 9 }), async (given, sizes, margin) => {
        const { read, write: end } = pipe();
        const source = new SocketSource(read);
        const [got] = await Promise.all([drain(source, sizes, margin), feed(end, given)]);
        expect(got.equals(Buffer.concat(given))).toBe(true);
        expect(source.bytesRead).toBe(got.length);
        expect(await source.read(Buffer.alloc(10), 0)).toBe(0);
        await source.close();
      }),
      { numRuns: 60 },
    );
  });

  it('gives more than it holds at a time', async () => {
    const given = Array.from({ length: 40 }, (_, index) => Buffer.alloc(100_003, index));
    const { read, write: end } = pipe();
    const [got] = await Promise.all([drain(new SocketSource(read), [65_536], 0), feed(end, given)]);
    expect(got.equals(Buffer.concat(given))).toBe(true);
  });

  it('answers a read that waits, and every later one, with nothing once it is interrupted', async () => {
    const { read, write: end } = pipe();
    const source = new SocketSource(read);
    const waiting = source.read(Buffer.alloc(10), 0);
    setImmediate(() => source.interrupt());
    expect(await waiting).toBe(0);
    expect(await source.read(Buffer.alloc(10), 0)).toBe(0);
    closeSync(end);
  });
});
