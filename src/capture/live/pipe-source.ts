import type { ByteSource } from '../byte-source.ts';
import type { CaptureFile } from '../capture-file.ts';
import { openSource, reason } from '../open-source.ts';
import type { InterfaceStatistics, LiveProblem, Unknown } from './engine.ts';
import type { LiveSource, SourcePlace } from './live-source.ts';
import { problemOf } from './problem.ts';
import { pump } from './pump.ts';
import type { RecordReader } from './record-reader.ts';

/** Any command's capture, on standard input or in a FIFO. It cannot be begun again. */
export class PipeSource implements LiveSource {
  readonly ended: Promise<LiveProblem | undefined>;
  readonly #place: SourcePlace;
  readonly #reader: RecordReader;
  #source: ByteSource | undefined;
  #state: InterfaceStatistics['state'] = 'starting';
  #stopped = false;

  constructor(place: SourcePlace) {
    this.#place = place;
    this.#reader = place.feed.openReader(place.at);
    this.ended = this.#live();
  }

  stop(): void {
    this.#stopped = true;
    this.#source?.interrupt();
  }

  kill(): void {
    this.stop();
  }

  /** What the writer of a pcapng noted of its interfaces; a pcap has no place for it. */
  statistics(): Promise<InterfaceStatistics> {
    const { name, at, feed } = this.#place;
    let kernel: number | undefined;
    let device: number | undefined;
    let between = 0;
    for (const { kernelDropped, interfaceDropped, droppedBetween = 0 } of this.#reader.interfaces()) {
      between += droppedBetween;
      if (kernelDropped !== undefined) kernel = (kernel ?? 0) + kernelDropped;
      if (interfaceDropped !== undefined) device = (device ?? 0) + interfaceDropped;
    }
    // Packets note what was lost before them, in the kernel or in the interface; statistics count the same again.
    if (between > (kernel ?? 0) + (device ?? 0)) kernel = between - (device ?? 0);
    const unknown: Unknown[] = [];
    if (kernel === undefined) unknown.push('kernelDropped');
    if (device === undefined) unknown.push('interfaceDropped');
    return Promise.resolve({
      interface: name,
      state: this.#state,
      received: feed.received[at] ?? 0,
      ...(kernel !== undefined && { kernelDropped: kernel }),
      ...(device !== undefined && { interfaceDropped: device }),
      unknown,
      ownDropped: feed.thrownAway[at] ?? 0,
      restarts: 0,
    });
  }

  file(): CaptureFile {
    const reader = this.#reader;
    const { damage } = reader;
    const { name, at, feed } = this.#place;
    return {
      path: name,
      format: reader.parser?.format ?? 'unknown',
      bytes: reader.bytes,
      packets: feed.received[at] ?? 0,
      interfaces: reader.interfaces(),
      ...(damage !== undefined && {
        error: { code: damage.code, message: this.#problem(damage.text).message, offset: damage.offset },
      }),
    };
  }

  async #live(): Promise<LiveProblem | undefined> {
    const { name, at, feed, event } = this.#place;
    const problem = await this.#read();
    if (!this.#stopped) await feed.finish(this.#reader, at);
    this.#state = 'ended';
    const { damage } = this.#reader;
    const why = problem ?? (damage === undefined || this.#stopped ? undefined : this.#problem(damage.text));
    if (why !== undefined) event({ kind: 'given-up', interface: name, problem: why });
    return why;
  }

  async #read(): Promise<LiveProblem | undefined> {
    const { name, at, feed, event } = this.#place;
    const opened = await openSource(name);
    if ('code' in opened) return this.#problem(opened.text);
    const { source } = opened;
    this.#source = source;
    try {
      if (this.#stopped) return undefined;
      this.#state = 'capturing';
      event({ kind: 'started', interface: name, again: false });
      await pump(source, this.#reader, at, feed);
      return undefined;
    } catch (error) {
      return this.#problem(reason(error));
    } finally {
      await source.close();
    }
  }

  #problem(text: string): LiveProblem {
    return problemOf('damaged', { interface: this.#place.name, engine: 'pipe' }, text);
  }
}
