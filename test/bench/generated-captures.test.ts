import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { u16le, u32le } from '../../dissectors/core/bytes.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const skipsTshark = !hasTshark && process.env.DVRSCOPE_REQUIRE_TOOLS !== '1';
const HEADER_BYTES = 20;

interface Message {
  readonly id: number;
  readonly sequence: number;
  readonly body: Buffer;
}

interface Contents {
  readonly bytes: number;
  readonly packets: number;
  readonly flows: number;
  readonly messages: { readonly total: number; readonly control: number; readonly media: number };
  readonly media?: { readonly videoFrames: number; readonly audioFrames: number };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the capture of monitor traffic', () => {
  it.skipIf(skipsTshark)(
    'has nothing that tshark objects to: no loss, true checksums, times in order',
    () => {
      const { path, contents } = generate('monitor', 10_000_000);
      expect(statSync(path).size).toBe(contents.bytes);
      expect(objections(path)).toBe('');
      const frames = fields(path, 'frame', ['frame.number', 'frame.time_delta']);
      expect(frames).toHaveLength(contents.packets);
      expect(frames.every(([, delta]) => !delta?.startsWith('-'))).toBe(true);
      expect(fields(path, 'tcp.flags == 0x002', ['tcp.stream'])).toHaveLength(contents.flows);
    },
  );

  it.skipIf(skipsTshark)(
    'cuts each camera’s messages into full segments, and its frames into messages',
    () => {
      const { path, contents } = generate('monitor', 10_000_000);
      const segments = fields(path, 'tcp.srcport == 34567 && tcp.len > 0', ['tcp.stream', 'tcp.payload']);
      const streams = new Map<string, Buffer[]>();
      for (const [stream = '', payload = ''] of segments) {
        streams.set(stream, [...(streams.get(stream) ?? []), Buffer.from(payload, 'hex')]);
      }
      let control = 0;
      let media = 0;
      const chunks = { video: 0, audio: 0 };
      for (const payloads of streams.values()) {
        const messages = frameAll(Buffer.concat(payloads));
        const mediaMessages = messages.filter(({ id }) => id === 1412);
        control += messages.length - mediaMessages.length;
        media += mediaMessages.length;
        expect(mediaMessages.map(({ sequence }) => sequence)).toEqual(mediaMessages.map((_, index) => index));
        // The first segment is the reply to the claim, the last one what was left over.
        if (mediaMessages.length > 0)
          expect(payloads.slice(1, -1).every(({ length }) => length === 1448)).toBe(true);
        for (const type of chunkTypes(Buffer.concat(mediaMessages.map(({ body }) => body)))) {
          if (type === 0xfa) chunks.audio++;
          else chunks.video++;
        }
      }
      expect({ control: control * 2, media }).toEqual({
        control: contents.messages.control,
        media: contents.messages.media,
      });
      expect(chunks).toEqual({ video: contents.media?.videoFrames, audio: contents.media?.audioFrames });
    },
  );

  it('is the same file each time', () => {
    const first = generate('monitor', 3_000_000);
    const second = generate('monitor', 3_000_000, 'again');
    expect(readFileSync(first.path).equals(readFileSync(second.path))).toBe(true);
  });
});

describe('the control-heavy capture', () => {
  it.skipIf(skipsTshark)('has nothing that tshark objects to', () => {
    const { path, contents } = generate('control', 4000);
    expect(statSync(path).size).toBe(contents.bytes);
    expect(objections(path)).toBe('');
  });

  it.skipIf(skipsTshark)('holds one JSON message a segment, with the trailer of who sends it', () => {
    const { path, contents } = generate('control', 4000);
    const rows = fields(path, 'tcp.len > 0', ['tcp.dstport', 'tcp.payload']);
    expect(rows).toHaveLength(contents.messages.total);
    expect(contents.messages.total).toBe(4000);
    const ids = new Set<number>();
    for (const [port, payload] of rows) {
      const messages = frameAll(Buffer.from(payload ?? '', 'hex'));
      expect(messages).toHaveLength(1);
      const text = messages[0]?.body.toString() ?? '';
      expect(text).toMatch(port === '34567' ? /\}\n$/ : /\}\n\0$/);
      expect(JSON.parse(text.replace(/\n\0?$/, ''))).toBeTypeOf('object');
      expect(text.length).toBeGreaterThan(40);
      expect(text.length).toBeLessThanOrEqual(620);
      ids.add(messages[0]?.id ?? 0);
    }
    const expected = [1000, 1001, 1006, 1007, 1020, 1021, 1042, 1043, 1400, 1401, 1452, 1453];
    expect([...ids].sort((a, b) => a - b)).toEqual(expected);
  });
});

function generate(
  kind: 'monitor' | 'control',
  size: number,
  suffix = '',
): { path: string; contents: Contents } {
  const path = join(folder, `${kind}-${size}${suffix}.pcap`);
  const script = fileURLToPath(new URL(`../../bench/generate-${kind}.mjs`, import.meta.url));
  return {
    path,
    contents: JSON.parse(execFileSync(process.execPath, [script, path, String(size)], { encoding: 'utf8' })),
  };
}

/** What tshark finds wrong with a capture, one line each. */
function objections(path: string): string {
  const filter =
    'tcp.analysis.flags || _ws.malformed || _ws.expert || tcp.checksum.status != 1 || ip.checksum.status != 1';
  const normal =
    'tcp.connection.syn || tcp.connection.synack || tcp.connection.fin || tcp.connection.fin_active';
  const wanted = `(${filter}) && !(${normal} || tcp.connection.fin_passive)`;
  return tshark(['-r', path, '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', '-Y', wanted]);
}

function fields(path: string, filter: string, names: readonly string[]): string[][] {
  const text = tshark(['-r', path, '-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name])]);
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
}

function tshark(args: readonly string[]): string {
  return execFileSync('tshark', args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The messages of a whole stream, which must end where the last one does. */
function frameAll(stream: Buffer): Message[] {
  const messages: Message[] = [];
  let at = 0;
  while (at < stream.length) {
    expect(stream[at]).toBe(0xff);
    expect(stream.length - at).toBeGreaterThanOrEqual(HEADER_BYTES);
    const end = at + HEADER_BYTES + u32le(stream, at + 16);
    const body = stream.subarray(at + HEADER_BYTES, end);
    messages.push({ id: u16le(stream, at + 14), sequence: u32le(stream, at + 8), body });
    at = end;
  }
  expect(at).toBe(stream.length);
  return messages;
}

/** The types of the chunks of a media stream, which must end where the last one does. */
function chunkTypes(media: Buffer): number[] {
  const types: number[] = [];
  let at = 0;
  while (at < media.length) {
    expect(media.subarray(at, at + 3)).toEqual(Buffer.from([0, 0, 1]));
    const type = media[at + 3] ?? 0;
    expect([0xfa, 0xfc, 0xfd]).toContain(type);
    types.push(type);
    if (type === 0xfc) at += 16 + u32le(media, at + 12);
    else if (type === 0xfd) at += 8 + u32le(media, at + 4);
    else at += 8 + u16le(media, at + 6);
  }
  expect(at).toBe(media.length);
  return types;
}
