import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { RING_LIMITS } from '../../src/capture/ring/limits.ts';
import type { Enough, Rotation } from '../../src/capture/ring/packet-ring.ts';
import type { LiveSource, Progress } from '../../src/dashboard/model/contract.ts';
import type { ThreadMemory } from '../../src/dashboard/model/live-ceiling.ts';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { keep } from './model-harness.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A live capture through a FIFO, and the model that watches it. */
export class LiveFeeding {
  readonly model: LocalModel;
  readonly told: Progress[] = [];
  readonly ended: Promise<Progress>;
  /** Where ring files and whatever a test writes go. */
  readonly folder: string;
  readonly #fifo: string;
  #writer: FileHandle | undefined = undefined;

  /** `rotation` undefined: nothing is kept. */
  constructor(
    rotation: Rotation | undefined,
    more: Partial<LiveSource> = {},
    memory?: ThreadMemory,
    enough: Enough = {},
  ) {
    this.folder = mkdtempSync(join(tmpdir(), 'dvrscope-live-model-'));
    folders.push(this.folder);
    this.#fifo = join(this.folder, 'fifo');
    if (spawnSync('mkfifo', [this.#fifo]).status !== 0) throw new Error('no FIFO can be made');
    const options = {
      interfaces: [this.#fifo],
      ports: [],
      bufferMiB: 1,
      snapLength: 262_144,
      promiscuous: false,
    };
    const live: LiveSource = {
      engine: 'pipe',
      options,
      places: { node: process.execPath, capProcess: '', temporaryFolder: tmpdir() },
      ceilingBytes: 256 * 1024 * 1024,
      ...(rotation !== undefined && {
        ring: {
          path: this.folder,
          numbered: false,
          temporary: false,
          rotation,
          enough,
          limits: RING_LIMITS,
        },
      }),
      ...more,
    };
    this.model = keep(new LocalModel({ paths: [], temporaryFolder: tmpdir(), live }, memory));
    this.ended = new Promise((resolve, reject) => {
      this.model.onBroken((message) => reject(new Error(message)));
      this.model.onChange((progress) => {
        this.told.push(progress);
        if (progress.state === 'done' || progress.state === 'cancelled') resolve(progress);
      });
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#writer ??= await open(this.#fifo, 'w');
    await this.#writer.write(bytes);
  }

  /** Waits until so many packets were seen. */
  async packets(many: number): Promise<void> {
    while ((await this.model.progress()).packets < many) await turn();
  }

  async end(): Promise<Progress> {
    await this.#writer?.close();
    this.#writer = undefined;
    return this.ended;
  }

  /** Ring files, by name. */
  ring(): readonly string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.pcapng'))
      .sort()
      .map((name) => join(this.folder, name));
  }

  place(name: string): string {
    return join(this.folder, name);
  }
}

/** A model that has seen all of a capture live, and whose ring is at rest. */
export async function watched(path: string, rotation: Rotation | undefined): Promise<LiveFeeding> {
  const feeding = new LiveFeeding(rotation);
  await feeding.write(readFileSync(path));
  await feeding.end();
  return feeding;
}
