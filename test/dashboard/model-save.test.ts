import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import type { SaveRequest } from '../../src/dashboard/model/contract.ts';
import { safeJson } from '../../src/report/format/safe-text.ts';
import { LadderCollector } from '../../src/report/ladder/ladder.ts';
import { ladderSvg } from '../../src/report/ladder/ladder-svg.ts';
import { messageRecord } from '../../src/report/records/message-record.ts';
import { readPackets } from '../cli/conversation.ts';
import { sample, samples } from '../cli/dvrscope.ts';
import { type WrittenPacket, writePcapng } from '../support/capture-writer.ts';
import { allRows, analyse, loadedModel } from './model-harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-save-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const place = (extension: string): string => join(folder, `file-${++files}.${extension}`);

async function saved(path: string, request: Omit<SaveRequest, 'path'>): Promise<string> {
  const model = await loadedModel(path);
  const target = place(request.format);
  const outcome = await model.save({ ...request, path: target });
  expect(outcome).toMatchObject({ kind: 'done', files: [target], bytes: readFileSync(target).length });
  return target;
}

/** What a capture says, without the numbers that depend on what else is in it. */
async function conversation(path: string): Promise<unknown[]> {
  const said: unknown[] = [];
  await analyse(path, {
    message: (message) => {
      const {
        number: _n,
        packets: _p,
        flow: _f,
        session: _s,
        replyTo: _r,
        findings,
        ...record
      } = messageRecord(message, { body: true, showSecrets: true });
      said.push({ ...record, findings: findings.map(({ rule }) => rule) });
    },
  });
  return said;
}

/** An Ethernet frame's IPv4 datagram in two pieces, where it has more than 32 bytes behind its header of 20. */
function fragmented(packet: WrittenPacket): WrittenPacket[] {
  const frame = Buffer.from(packet.bytes);
  const total = frame.readUInt16BE(16);
  const half = 16;
  if (total - 20 <= 2 * half) return [packet];
  const piece = (from: number, until: number, more: boolean): WrittenPacket => {
    const bytes = Buffer.concat([frame.subarray(0, 34), frame.subarray(34 + from, 34 + until)]);
    bytes.writeUInt16BE(20 + until - from, 16);
    bytes.writeUInt16BE((more ? 0x2000 : 0) | (from / 8), 20);
    return { ...packet, bytes };
  };
  return [piece(0, half, true), piece(half, total - 20, false)];
}

describe('saving as pcapng', () => {
  it.each(samples())('all of %s keeps every packet', async (path) => {
    const target = await saved(path, { what: { what: 'all' }, format: 'pcapng' });
    expect(await readPackets(target)).toEqual(await readPackets(path));
  });

  it.each(['two-clients', 'monitor-two-sockets', 'loss-and-reordering', 'active-registration'])(
    'the sessions of %s can each be cut out, and say the same',
    async (name) => {
      const model = await loadedModel(sample(name));
      const sessions = await allRows(model, 'sessions');
      for (const { number, flows } of sessions) {
        const target = await saved(sample(name), {
          what: { what: 'sessions', numbers: [number] },
          format: 'pcapng',
        });
        const again = await loadedModel(target);
        expect(
          (await allRows(again, 'flows')).map(({ client, server, packets }) => ({ client, server, packets })),
        ).toEqual(
          (await allRows(model, 'flows'))
            .filter((row) => flows.includes(row.number))
            .map(({ client, server, packets }) => ({ client, server, packets })),
        );
      }
    },
  );

  it('chosen flows together say what the whole said', async () => {
    const path = sample('two-clients');
    const model = await loadedModel(path);
    const numbers = (await allRows(model, 'flows')).map(({ number }) => number);
    const target = await saved(path, { what: { what: 'flows', numbers }, format: 'pcapng' });
    expect(await conversation(target)).toEqual(await conversation(path));
  });

  it('chosen flows bring the pieces of their datagrams', async () => {
    const pieces = (await readPackets(sample('two-clients'))).flatMap(fragmented);
    const path = join(folder, 'fragmented.pcapng');
    writeFileSync(path, writePcapng(pieces));
    const model = await loadedModel(path);
    for (const { number, client, server } of await allRows(model, 'flows')) {
      const target = await saved(path, { what: { what: 'flows', numbers: [number] }, format: 'pcapng' });
      const again = await loadedModel(target);
      const flow = (await allRows(again, 'flows', { filter: `${client.address}:${client.port}` }))[0];
      expect(flow).toMatchObject({ client, server });
      const said = (of: typeof model, scope: number) =>
        allRows(of, 'messages', { scope: { of: 'flow', flow: scope } }).then((rows) =>
          rows.map(({ name }) => name),
        );
      expect(await said(again, flow?.number ?? 0)).toEqual(await said(model, number));
    }
  });

  it('chosen messages bring the packets that carry them', async () => {
    const path = sample('login-and-keepalive');
    const model = await loadedModel(path);
    const rows = (await allRows(model, 'messages')).filter(({ name }) => name === 'LOGIN_RSP');
    const target = await saved(path, {
      what: { what: 'messages', numbers: rows.map(({ number }) => number) },
      format: 'pcapng',
    });
    expect((await allRows(await loadedModel(target), 'messages')).map(({ name }) => name)).toEqual(
      rows.map(({ name }) => name),
    );
  });
});

describe('saving messages', () => {
  it.each(samples())('of %s as NDJSON gives the records of messages --json --body', async (path) => {
    const target = await saved(path, { what: { what: 'all' }, format: 'ndjson' });
    const lines: string[] = [];
    await analyse(path, {
      message: (message) => lines.push(safeJson(messageRecord(message, { body: true, showSecrets: false }))),
    });
    expect(readFileSync(target, 'utf8').split('\n').slice(0, -1)).toEqual(lines);
  });

  it('keeps to the filter of a view', async () => {
    const path = sample('two-clients');
    const view = { filter: 'dvrip.ret', scope: { of: 'session', session: 2 }, fold: true } as const;
    const target = await saved(path, { what: { what: 'view', view }, format: 'ndjson' });
    const records = readFileSync(target, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) expect(record).toMatchObject({ session: 2, ret: expect.any(Number) });
  });

  it('writes text without secrets', async () => {
    const target = await saved(sample('login-and-keepalive'), { what: { what: 'all' }, format: 'text' });
    const text = readFileSync(target, 'utf8');
    expect(text).toContain('LOGIN_RSP');
    expect(text).toContain('‹redacted›');
  });

  it.each(samples())('draws the ladders of %s as sessions --ladder --svg does', async (path) => {
    const model = await loadedModel(path);
    for (const { number } of await allRows(model, 'sessions')) {
      const collector = new LadderCollector(number, DEFAULT_LIMITS.ladder);
      await analyse(path, {
        message: (message) => collector.message(message),
        flowEnded: (flow) => collector.flowEnded(flow),
      });
      const ladder = collector.ladder();
      if (ladder === undefined) continue;
      const target = await saved(path, { what: { what: 'sessions', numbers: [number] }, format: 'svg' });
      expect(readFileSync(target, 'utf8')).toBe(`${ladderSvg(ladder).join('\n')}\n`);
    }
  });
});

describe('files', () => {
  it('are not written over unless asked, and the capture never', async () => {
    const path = sample('login-and-keepalive');
    const model = await loadedModel(path);
    const target = place('ndjson');
    writeFileSync(target, 'precious');
    const request = { what: { what: 'all' }, format: 'ndjson', path: target } as const;
    expect(await model.save(request)).toEqual({ kind: 'exists', path: target });
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(await model.save({ ...request, force: true })).toMatchObject({ kind: 'done' });
    expect(readFileSync(target, 'utf8')).not.toBe('precious');
    const before = readFileSync(path);
    expect(await model.save({ ...request, path, force: true })).toMatchObject({ kind: 'refused' });
    expect(readFileSync(path)).toEqual(before);
  });

  it('that cannot be made are an answer, and leave nothing behind', async () => {
    const model = await loadedModel(sample('login-and-keepalive'));
    const request = { what: { what: 'all' }, format: 'text' } as const;
    for (const path of ['', ' ', 'a\u001b[2Jb', join(folder, 'no-such-folder', 'x'), folder]) {
      expect(await model.save({ ...request, path })).toMatchObject({ kind: 'refused' });
    }
    const nothing = { what: 'messages', numbers: [] } as const;
    expect(await model.save({ what: nothing, format: 'text', path: place('text') })).toMatchObject({
      kind: 'refused',
    });
    expect(await model.save({ what: { what: 'all' }, format: 'svg', path: place('svg') })).toMatchObject({
      kind: 'refused',
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('of a save that was cancelled are not there', async () => {
    const model = await loadedModel(sample('two-clients'));
    const path = place('pcapng');
    const saving = model.save({ what: { what: 'all' }, format: 'pcapng', path });
    await new Promise((resolve) => setImmediate(resolve));
    model.cancelJob();
    const outcome = await saving;
    expect(['cancelled', 'done']).toContain(outcome.kind);
    expect(existsSync(path)).toBe(outcome.kind === 'done');
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('extracting a stream', () => {
  it('writes the files that extract writes for it, and no others', async () => {
    const path = sample('monitor-two-sockets');
    const model = await loadedModel(path);
    const [stream] = await allRows(model, 'streams');
    const directory = join(folder, 'stream');
    const request = { stream: stream?.number ?? 0, directory };
    const outcome = await model.extract(request);
    expect(outcome).toMatchObject({ kind: 'done' });
    const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    expect(manifest.files.length).toBeGreaterThan(0);
    for (const file of manifest.files) expect(file).toMatchObject({ flow: stream?.flow });
    const video = manifest.files.find(({ content }: { content: string }) => content === 'video');
    expect(video.frames).toBe((stream?.iFrames ?? 0) + (stream?.pFrames ?? 0));
    expect(await model.extract(request)).toEqual({ kind: 'exists', path: directory });
    expect(await model.extract({ ...request, force: true })).toMatchObject({ kind: 'done' });
  });
});

describe('bytes of media', () => {
  it('are read again from the file', async () => {
    const path = sample('monitor-two-sockets');
    const model = await loadedModel(path);
    const media = (await allRows(model, 'messages', { filter: 'dvrip.media' }))[3];
    const detail = await model.message(media?.number ?? 0);
    expect(detail?.body).toMatchObject({ state: 'elsewhere', lines: [], length: media?.length });
    const bytes = await model.messageBytes(media?.number ?? 0);
    expect(bytes?.bytes.length).toBe(Math.min(media?.length ?? 0, 4096));
    let expected: Buffer | undefined;
    const analysis = new Analysis(
      { keptMediaBytes: 4096 },
      {
        message: (message) => {
          if (message.number === media?.number)
            expected = Buffer.from(message.body.subarray(message.bodyStart, message.bodyEnd));
        },
      },
    );
    await readCaptures([path], { packet: (packet) => analysis.push(packet), drained: () => undefined });
    expect(Buffer.from(bytes?.bytes ?? [])).toEqual(expected);
  });
});
