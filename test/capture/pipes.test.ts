import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePcap } from '../support/capture-writer.ts';
import { readAll, Scratch } from './collect.ts';

const scratch = new Scratch();
afterAll(() => scratch.remove());

const hasMkfifo = spawnSync('mkfifo', ['--version']).status === 0;
if (!hasMkfifo && process.env.DVRSCOPE_REQUIRE_TOOLS === '1') throw new Error('mkfifo is missing');

const packets = Array.from({ length: 3000 }, (_, index) => ({
  bytes: Buffer.alloc(900, index),
  seconds: 1000 + index,
}));
const capture = writePcap(packets);

function makeFifo(name: string): string {
  const path = scratch.path(name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** Writes a file into a FIFO from another process, which waits for the reader to open it. */
function feed(fifo: string, bytes: Uint8Array): void {
  const from = scratch.write(`${fifo.slice(fifo.lastIndexOf('/') + 1)}.source`, bytes);
  spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', from, fifo], { stdio: 'ignore' });
}

describe.skipIf(!hasMkfifo)('a FIFO (mkfifo)', () => {
  it('is read to its end', async () => {
    const fifo = makeFifo('plain.fifo');
    feed(fifo, capture);
    const { files, records } = await readAll([fifo]);
    expect(files).toMatchObject([{ path: fifo, format: 'pcap', bytes: capture.length, packets: 3000 }]);
    expect(records[2999]?.hex).toBe(packets[2999]?.bytes.toString('hex'));
  });

  it('is decompressed on the way', async () => {
    const fifo = makeFifo('packed.fifo');
    feed(fifo, gzipSync(capture));
    expect((await readAll([fifo])).files).toMatchObject([{ compression: 'gzip', packets: 3000 }]);
  });

  it('keeps its place among files that are put in order', async () => {
    const fifo = makeFifo('placed.fifo');
    const late = scratch.write('late.pcap', writePcap([{ bytes: Buffer.of(1), seconds: 20 }]));
    const early = scratch.write('early.pcap', writePcap([{ bytes: Buffer.of(1), seconds: 10 }]));
    feed(fifo, capture);
    const { files } = await readAll([late, fifo, early]);
    expect(files.map(({ path, packets: found }) => [path, found])).toEqual([
      [early, 1],
      [fifo, 3000],
      [late, 1],
    ]);
  });

  it('hands over what has come while its writer still holds it open', async () => {
    const fifo = makeFifo('live.fifo');
    const stop = new AbortController();
    const source = scratch.write('live.source', capture);
    const writer = spawn('sh', ['-c', 'exec > "$2"; cat "$1"; exec sleep 60', 'sh', source, fifo], {
      stdio: 'ignore',
    });
    const onProgress = (bytes: number): void => {
      if (bytes === capture.length) setTimeout(() => stop.abort(), 20);
    };
    const { files } = await readAll([fifo], { signal: stop.signal, onProgress });
    writer.kill();
    expect(files).toMatchObject([{ packets: 3000 }]);
    expect(files[0]?.error).toBeUndefined();
  });

  it('without a writer is given up at an abort', async () => {
    const { files } = await readAll([makeFifo('silent.fifo')], { signal: AbortSignal.timeout(50) });
    expect(files).toMatchObject([{ packets: 0, bytes: 0 }]);
    expect(files[0]?.error).toBeUndefined();
  });
});

describe('in a process of its own', () => {
  const script = scratch.path('read.mjs');

  beforeAll(() => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const flags =
      '--target es2023 --module nodenext --rewriteRelativeImportExtensions --skipLibCheck --ignoreConfig';
    execFileSync(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...flags.split(' '),
      ...['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')],
      ...['--rootDir', root, '--outDir', scratch.path('built')],
      join(root, 'src/capture/read-captures.ts'),
    ]);
    scratch.write('package.json', Buffer.from('{"type":"module"}'));
    const lines = [
      "import { readCaptures } from './built/src/capture/read-captures.js';",
      'const sink = { packet() {}, drained() {} };',
      'const files = await readCaptures(process.argv.slice(2), sink);',
      'for (const { packets, error } of files) console.log(packets, error?.message);',
    ];
    writeFileSync(script, lines.join('\n'));
  });

  const run = (paths: readonly string[], input: Uint8Array) =>
    spawnSync(process.execPath, [script, ...paths], { input, encoding: 'utf8' }).stdout;

  it('standard input is read from a pipe, once', () => {
    expect(run(['-'], capture)).toBe('3000 undefined\n');
    expect(run(['-'], gzipSync(capture))).toBe('3000 undefined\n');
    expect(run(['-', '-'], capture)).toBe('3000 undefined\n0 standard input: can be read only once\n');
    expect(run(['-'], Buffer.alloc(0))).toBe(
      '0 standard input: is empty (0 bytes); expected a capture file\n',
    );
  });

  it('standard input may be a file', () => {
    const file = openSync(scratch.write('input.pcap', capture), 'r');
    const { stdout } = spawnSync(process.execPath, [script, '-'], {
      stdio: [file, 'pipe', 'inherit'],
      encoding: 'utf8',
    });
    expect(stdout).toBe('3000 undefined\n');
  });

  it('standard input may come in drips', async () => {
    const child = spawn(process.execPath, [script, '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let from = 0;
    for (const cut of [1, 3, 20, 30, 1000]) {
      child.stdin.write(capture.subarray(from, cut));
      from = cut;
      await sleep(20);
    }
    child.stdin.end(capture.subarray(from));
    expect(await text(child.stdout)).toBe('3000 undefined\n');
  });

  it.skipIf(!hasMkfifo)('waiting for the writer of a FIFO does not outlive SIGINT (mkfifo)', async () => {
    const child = spawn(process.execPath, [script, makeFifo('interrupted.fifo')], { stdio: 'ignore' });
    await sleep(500);
    child.kill('SIGINT');
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGINT');
  });
});
