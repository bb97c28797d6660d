import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EnginePlaces } from '../../../src/capture/live/engine-commands.ts';
import { writePcap } from '../../support/capture-writer.ts';
import { liveOptions, Watch } from './watching.ts';

/** Places in which the script of `cap` is one that a test wrote. */
class FakeEngine implements EnginePlaces {
  readonly node = process.execPath;
  readonly capProcess: string;
  readonly temporaryFolder = tmpdir();
  readonly #folder = mkdtempSync(join(tmpdir(), 'dvr-fake-'));

  constructor(script: string) {
    this.capProcess = join(this.#folder, 'fake.cjs');
    const pcap = writePcap([{ bytes: Buffer.from('a') }]).toString('hex');
    writeFileSync(this.capProcess, `const pcap = Buffer.from('${pcap}', 'hex');\n${script}`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

describe.concurrent('an engine that', () => {
  async function run(script: string, look: (watch: Watch) => Promise<void>): Promise<void> {
    const fake = new FakeEngine(script);
    const watch = new Watch('cap', liveOptions(['any']), fake);
    try {
      await look(watch);
    } finally {
      watch.capture.kill();
      await watch.capture.ended;
      fake.remove();
    }
  }

  const READY = "process.stderr.write('listening on any\\n');";

  it('writes nonsense is ended and begun anew, and what came before the nonsense is kept', () =>
    run(
      `${READY} process.stdout.write(Buffer.concat([pcap, Buffer.alloc(300000, 255)])); setInterval(() => {}, 1000);`,
      async (watch) => {
        await watch.until('two packets', () => watch.packets === 2);
        expect(watch.events.slice(0, 3)).toMatchObject([
          { kind: 'started', again: false },
          { kind: 'lost', problem: { code: 'damaged', message: expect.stringContaining('makes no sense') } },
          { kind: 'started', again: true },
        ]);
      },
    ));

  it('ends in the midst of a record loses nothing before it', () =>
    run(
      `${READY} process.stdout.write(Buffer.concat([pcap, pcap.subarray(24, 36)])); process.exitCode = 3;`,
      async (watch) => {
        await watch.until('two packets', () => watch.packets === 2);
        expect(watch.events[1]).toMatchObject({
          kind: 'lost',
          problem: { code: 'engine-died', message: 'any: the engine ended (cap: exit code 3)' },
        });
      },
    ));

  it('speaks to a terminal does so in vain', () =>
    run(`process.stderr.write('\\x1b[2Jboom \\u202e\\n'); process.exitCode = 1;`, async (watch) => {
      const { problems } = await watch.end();
      expect(problems.map(({ message }) => message)).toEqual([
        'any: the engine ended (cap: ?[2Jboom ?; exit code 1)',
      ]);
    }));

  it('dies again and again is tried again and again', () =>
    run(`${READY} process.exitCode = 3;`, async (watch) => {
      await watch.until('three runs', () => watch.events.length >= 6);
      expect(watch.events.map(({ kind }) => kind).slice(0, 4)).toEqual([
        'started',
        'lost',
        'started',
        'lost',
      ]);
      const { restarts, unknown } = await watch.capture.statistics();
      expect(restarts).toBeGreaterThanOrEqual(2);
      // Each run took what it knew of drops with it.
      expect(unknown).toContain('kernelDropped');
    }));

  it('does not heed being asked is ended', () =>
    run(
      `${READY} process.on('SIGINT', () => {}); setInterval(() => process.stdout.write(pcap.subarray(0, 0)), 50);`,
      async (watch) => {
        await watch.started();
        expect(await watch.stop()).toEqual({ reason: 'stopped', problems: [] });
      },
    ));

  it('is not there is an error', async () => {
    const places = { node: '/nonexistent/node', capProcess: '', temporaryFolder: tmpdir() };
    const watch = new Watch('cap', liveOptions(['any']), places);
    const { reason, problems } = await watch.end();
    expect(reason).toBe('failed');
    expect(problems).toMatchObject([{ code: 'engine-missing', message: expect.stringContaining('ENOENT') }]);
  });
});
