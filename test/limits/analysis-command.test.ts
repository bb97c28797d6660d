import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dvrscope } from '../cli/dvrscope.ts';
import { writePcap } from '../support/capture-writer.ts';
import { jsonBody, type WrittenMessage } from '../support/dvrip-writer.ts';
import { keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';

const root = mkdtempSync(join(tmpdir(), 'dvrscope-limits-command-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let runs = 0;

/** A folder of its own with a capture and a configuration in it. */
function folderWith(packets: Socket['packets'], limits: object): string {
  runs += 1;
  const folder = join(root, String(runs));
  mkdirSync(folder);
  writeFileSync(join(folder, 'lab.pcap'), writePcap(packets));
  writeFileSync(join(folder, 'dvrscope.config.json'), JSON.stringify({ limits }));
  return folder;
}

const FRAME = keyChunk(2, Buffer.from('000000016588aabb', 'hex'));

function media(sequence: number): WrittenMessage {
  return { id: 1412, version: 1, sessionId: 11, sequence, body: FRAME };
}

describe('a limit in dvrscope.config.json', () => {
  const claim = { id: 1413, sessionId: 11, body: jsonBody({ Name: 'OPMonitor', SessionID: '0x0000000B' }) };
  const streams = [1, 2, 3].flatMap(
    (n) => new Socket(34_567, 50_000 + n).client(claim, n).device(media(0), n).close(0, n).packets,
  );

  it('is kept to by summary, sessions and check, which say that it was reached', () => {
    const limits = { conversations: { mediaStreamsOfSession: 1 }, rules: { ruleFlows: 1 } };
    const cwd = folderWith(streams, limits);
    const reached = { limit: 'mediaStreamsOfSession', reached: 2 };
    const summary = dvrscope(['summary', 'lab.pcap', '--json'], { cwd }).stdout;
    expect(JSON.parse(summary)).toMatchObject({ quality: { limits: [reached] } });
    const sessions = dvrscope(['sessions', 'lab.pcap', '--json'], { cwd }).stdout.trim().split('\n');
    expect(sessions.map((line) => JSON.parse(line).streams.length)).toEqual([1]);
    const check = dvrscope(['check', 'lab.pcap', '--format', 'json', '--fail-on', 'never'], { cwd }).stdout;
    expect(JSON.parse(check)).toMatchObject({
      quality: { complete: false, limits: [reached, { limit: 'ruleScopes', reached: expect.any(Number) }] },
    });
    const text = dvrscope(['summary', 'lab.pcap'], { cwd }).stdout;
    expect(text).toContain('mediaStreamsOfSession');
  });

  it('is kept to by extract, which counts what it left out', () => {
    const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(60, 7)]);
    const piece = (body: Buffer): WrittenMessage => ({ id: 1543, version: 1, sessionId: 11, body });
    const sockets = [1, 2].map((n) => new Socket(34_567, 50_000 + n));
    for (const part of [zip.subarray(0, 20), zip.subarray(20)])
      for (const s of sockets) s.device(piece(part));
    const packets = [0, 1, 2, 3].flatMap((step) => sockets.flatMap((s) => s.packets[step] ?? []));
    const cwd = folderWith(packets, { extract: { openArchives: 1 } });
    const { code, stdout } = dvrscope(['extract', 'lab.pcap', '-o', 'out'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('left out: 1 chunk, 44 bytes: pieces of archives without their beginning\n');
    const manifest: unknown = JSON.parse(readFileSync(join(cwd, 'out', 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ leftOut: { archivePieces: { frames: 1, bytes: 44 } } });
  });
});
