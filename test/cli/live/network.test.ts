import { once } from 'node:events';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNoNamespaces, ip, MirroredNetwork, openPair } from '../../support/netns.ts';
import { isMissing, startDvrscope } from '../dvrscope.ts';
import { messageRecords } from '../records.ts';
import { LiveRecords } from './live-records.ts';

const impossible = hasNoNamespaces() || isMissing('dumpcap') || isMissing('tcpdump');

/** A live capture by the command, and what it printed. */
class Live {
  readonly child: ReturnType<typeof startDvrscope>;
  readonly errors: Promise<string>;
  #printed = '';

  constructor(...args: readonly string[]) {
    this.child = startDvrscope(['live', '--json', '--statistics-interval', '1', ...args]);
    this.errors = text(this.child.stderr);
    this.child.stdout.on('data', (chunk) => {
      this.#printed += String(chunk);
    });
  }

  get printedSoFar(): string {
    return this.#printed;
  }

  /** Waits until it has printed this. */
  async printed(words: string): Promise<void> {
    await expect.poll(() => this.#printed, { timeout: 20_000 }).toContain(words);
  }

  async end(signal: NodeJS.Signals = 'SIGINT') {
    this.child.kill(signal);
    const [code] = this.child.exitCode === null ? await once(this.child, 'close') : [this.child.exitCode];
    return { code, records: new LiveRecords(this.#printed), errors: await this.errors };
  }
}

describe.skipIf(impossible)('live on a mirror port', () => {
  let network: MirroredNetwork;
  let folder = '';
  beforeAll(async () => {
    network = await MirroredNetwork.open();
    folder = mkdtempSync(join(tmpdir(), 'dvrscope-live-test-'));
  });
  afterAll(() => {
    network?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['tcpdump', 'dumpcap', 'cap'])(
    'prints with %s what the simulator says it sent, and keeps the packets of it',
    async (engine) => {
      const ring = join(folder, engine);
      const live = new Live('-i', network.mirror, '--engine', engine, '-w', `${ring}/`, '-b', 'packets:20');
      await live.printed('"event":"started"');
      const truth = await network.converse(40);
      const { code, records } = await live.end();
      expect(code).toBe(130);
      const sent = truth.flows
        .flatMap(({ forward, backward }) => [...(forward?.messages ?? []), ...(backward?.messages ?? [])])
        .map(({ id, sequence }) => `${id} ${sequence}`)
        .sort();
      expect(sent.length).toBeGreaterThan(45);
      const seen = records.messages();
      expect(seen.map(({ id, sequence }) => `${id} ${sequence}`).sort()).toEqual(sent);
      expect(records.sessions().length).toBeGreaterThan(0);
      expect(records.streams().length).toBeGreaterThan(0);
      const final = records.final();
      expect(final).toMatchObject({ engine, ownDropped: 0, interfaces: [{ interface: network.mirror }] });
      if (engine === 'cap') expect(final.unknown).toContain('kernelDropped');
      else expect(final.kernelDropped).toBe(0);
      const kept = readdirSync(ring).sort();
      expect(kept.length).toBeGreaterThan(2);
      const again = messageRecords(kept.map((name) => join(ring, name)));
      expect(again.records.map(({ number, id, time }) => `${number} ${id} ${time}`)).toEqual(
        seen.map(({ number, id, time }) => `${number} ${id} ${time}`),
      );
    },
  );

  it('SIGHUP begins another file when the one before was moved away', async () => {
    const path = join(folder, 'rotated.pcapng');
    const live = new Live('-i', network.mirror, '-w', path, '-q');
    await live.printed('"event":"started"');
    await network.converse(5);
    await expect.poll(() => readdirSync(folder)).toContain('rotated.pcapng');
    renameSync(path, `${path}.1`);
    live.child.kill('SIGHUP');
    await network.converse(5);
    const { records } = await live.end();
    const before = messageRecords([`${path}.1`]).records;
    const after = messageRecords([path]).records;
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    expect(before.length + after.length).toBe(records.final().messages);
  });

  it('ends by itself after -a duration, with exit code 0', async () => {
    const live = new Live('-i', network.mirror, '-a', 'duration:2');
    const [code] = await once(live.child, 'close');
    expect(code).toBe(0);
    const { records } = await live.end();
    expect(records.final().seconds).toBeGreaterThanOrEqual(2);
  });
});

describe.skipIf(impossible)('live on an interface', () => {
  it('that goes down says so and goes on when it is up again', async () => {
    const pair = openPair();
    try {
      const live = new Live('-i', pair.mirror);
      await live.printed('"event":"started"');
      ip('link', 'set', pair.mirror, 'down');
      await live.printed('"event":"lost"');
      ip('link', 'set', pair.mirror, 'up');
      await live.printed('"again":true');
      const { code, records, errors } = await live.end('SIGTERM');
      expect(code).toBe(143);
      expect(records.events().map(({ event }) => event)).toEqual(['started', 'lost', 'started']);
      expect(errors).toContain('the interface is down');
    } finally {
      pair.close();
    }
  });

  it('a second SIGINT ends it at once, and leaves nothing behind', async () => {
    const pair = openPair();
    try {
      const live = new Live('-i', pair.mirror);
      await live.printed('dvrscope.statistics/1');
      const [, where = ''] = /"where":"([^"]+)"/.exec(live.printedSoFar) ?? [];
      const ended = once(live.child, 'close');
      live.child.kill('SIGINT');
      live.child.kill('SIGINT');
      expect((await ended)[0]).toBe(130);
      expect(where).toContain('dvrscope-ring-');
      expect(readdirSync(tmpdir()).map((name) => join(tmpdir(), name))).not.toContain(where);
    } finally {
      pair.close();
    }
  });
});
