import { createHash, type Hash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import type { Packet } from '../../../dissectors/core/packet.ts';
import { Analysis, DVRIP_PORTS } from '../../../src/analysis/analysis.ts';
import type {
  EngineName,
  LiveCapture,
  LiveEnd,
  LiveEvent,
  LiveOptions,
} from '../../../src/capture/live/engine.ts';
import type { EnginePlaces } from '../../../src/capture/live/engine-commands.ts';
import { startLive } from '../../../src/capture/live/start-live.ts';
import type { Flow, Side } from '../../../src/reassembly/flow.ts';
import type { LoggedMessage } from '../../support/simulator/log.ts';
import type { Truth } from '../../support/simulator/truth.ts';

/** Our script for `cap`, built from its source into a folder that sees the project's packages. */
export class BuiltPlaces implements EnginePlaces {
  readonly node = process.execPath;
  readonly capProcess: string;
  readonly temporaryFolder = tmpdir();
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.capProcess = join(folder, 'cap-process.mjs');
  }

  static async build(): Promise<BuiltPlaces> {
    const folder = mkdtempSync(join(tmpdir(), 'dvr-cap-'));
    const places = new BuiltPlaces(folder);
    const project = new URL('../../../', import.meta.url);
    await build({
      input: fileURLToPath(new URL('src/cli/cap-process.ts', project)),
      platform: 'node',
      logLevel: 'silent',
      output: { file: places.capProcess, format: 'esm' },
    });
    symlinkSync(fileURLToPath(new URL('node_modules', project)), join(folder, 'node_modules'));
    return places;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export function liveOptions(interfaces: readonly string[], more: Partial<LiveOptions> = {}): LiveOptions {
  return { interfaces, ports: DVRIP_PORTS, bufferMiB: 8, snapLength: 262_144, promiscuous: true, ...more };
}

/** What one direction of a flow carried. */
export interface Heard {
  readonly bytes: number;
  readonly sha256: string;
  readonly messages: readonly string[];
}

interface Hearing {
  readonly hash: Hash;
  bytes: number;
  readonly messages: string[];
}

/** A live capture whose packets go through the whole analysis. */
export class Watch {
  readonly events: LiveEvent[] = [];
  readonly capture: LiveCapture;
  packets = 0;
  /** Messages that answer another. */
  replies = 0;
  /** Of the packets as captured. */
  readonly lengths: number[] = [];
  readonly #analysis: Analysis;
  readonly #heard = new Map<string, Hearing>();

  constructor(engine: EngineName, options: LiveOptions, places: EnginePlaces) {
    this.#analysis = new Analysis(
      {
        tap: (stream) => {
          const heard = this.#direction(stream.flow, stream.side);
          return {
            data: (bytes, start, end) => {
              heard.hash.update(bytes.subarray(start, end));
              heard.bytes += end - start;
            },
            gap: () => heard.messages.push('gap'),
            end: () => undefined,
          };
        },
      },
      {
        message: ({ flow, side, header, length, replyTo }) => {
          const { messageId, sessionId, sequence } = header;
          if (replyTo > 0) this.replies += 1;
          this.#direction(flow, side).messages.push(wordMessage(messageId, sessionId, sequence, length));
        },
      },
    );
    this.capture = startLive(engine, options, places, {
      packet: (packet: Packet) => {
        this.packets += 1;
        this.lengths.push(packet.end - packet.start);
        this.#analysis.push(packet);
      },
      drained: () => undefined,
      event: (event) => this.events.push(event),
    });
  }

  /** Waits until something is so; fails when it is not so for twenty seconds. */
  async until(what: string, so: () => boolean): Promise<void> {
    for (let turn = 0; !so(); turn++) {
      if (turn === 1000) throw new Error(`${what}: not so; ${JSON.stringify(this.events)}`);
      await delay(20);
    }
  }

  started(times = 1): Promise<void> {
    const starts = () => this.events.filter(({ kind }) => kind === 'started').length;
    return this.until('started', () => starts() >= times);
  }

  async stop(): Promise<LiveEnd> {
    this.capture.stop();
    return this.end();
  }

  async end(): Promise<LiveEnd> {
    const end = await this.capture.ended;
    this.#analysis.end();
    return end;
  }

  /** By sender and receiver, as in {@link heardOf}. */
  heard(): Record<string, Heard> {
    return Object.fromEntries(
      [...this.#heard].map(([key, { hash, bytes, messages }]) => [
        key,
        { bytes, sha256: hash.copy().digest('hex'), messages },
      ]),
    );
  }

  #direction(flow: Flow, side: Side): Hearing {
    const key = side === 0 ? `${flow.port0}>${flow.port1}` : `${flow.port1}>${flow.port0}`;
    const known = this.#heard.get(key);
    if (known !== undefined) return known;
    const made = { hash: createHash('sha256'), bytes: 0, messages: [] };
    this.#heard.set(key, made);
    return made;
  }
}

/** What both sides say that they have sent, in the same words. */
export function heardOf(truth: Truth): Record<string, Heard> {
  return Object.fromEntries(
    truth.flows.flatMap(({ forward, backward }) =>
      [forward, backward].flatMap((flow) =>
        flow === undefined
          ? []
          : [
              [
                `${flow.local.port}>${flow.remote.port}`,
                { bytes: flow.bytes, sha256: flow.sha256, messages: flow.messages.map(wordLogged) },
              ],
            ],
      ),
    ),
  );
}

function wordLogged({ id, sessionId, sequence, length }: LoggedMessage): string {
  return wordMessage(id, sessionId, sequence, length);
}

function wordMessage(id: number, sessionId: number, sequence: number, length: number): string {
  return `${id} of 0x${sessionId.toString(16)} #${sequence}, ${length} bytes`;
}
