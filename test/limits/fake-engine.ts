import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LiveCapture, LiveEvent } from '../../src/capture/live/engine.ts';
import { startLive } from '../../src/capture/live/start-live.ts';
import type { RunLimits } from '../../src/cli/config/run-limits.ts';
import { liveOptions } from '../capture/live/watching.ts';
import { writePcap } from '../support/capture-writer.ts';

/** Says that packets are being captured. */
export const READY = "process.stderr.write('listening on any\\n');";

/** A live capture by an engine that a test wrote: `pcap` is a capture of one packet, `packet` its record alone. */
export class FakeCapture {
  readonly events: (LiveEvent & { readonly at: number })[] = [];
  readonly capture: LiveCapture;
  packets = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), 'dvr-fake-'));

  constructor(script: string, { live, capture }: RunLimits) {
    const capProcess = join(this.#folder, 'fake.cjs');
    const pcap = writePcap([{ bytes: Buffer.from('a') }]).toString('hex');
    const known = `const pcap = Buffer.from('${pcap}', 'hex');\nconst packet = pcap.subarray(24);\n`;
    writeFileSync(capProcess, `${known}${script}`);
    const options = liveOptions(['any'], { limits: { live, capture } });
    this.capture = startLive(
      'cap',
      options,
      { node: process.execPath, capProcess, temporaryFolder: tmpdir() },
      {
        packet: () => {
          this.packets += 1;
        },
        drained: () => undefined,
        event: (event) => this.events.push({ ...event, at: performance.now() }),
      },
    );
  }

  count(kind: LiveEvent['kind']): number {
    return this.events.filter((event) => event.kind === kind).length;
  }

  /** Whether something becomes so within some seconds. */
  async within(seconds: number, so: () => boolean): Promise<boolean> {
    const end = performance.now() + seconds * 1000;
    while (!so()) {
      if (performance.now() > end) return false;
      await delay(10);
    }
    return true;
  }

  async close(): Promise<void> {
    this.capture.kill();
    await this.capture.ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a test on such a capture, which ends with it. */
export async function withEngine(
  script: string,
  limits: RunLimits,
  look: (fake: FakeCapture) => Promise<void>,
): Promise<void> {
  const fake = new FakeCapture(script, limits);
  try {
    await look(fake);
  } finally {
    await fake.close();
  }
}
