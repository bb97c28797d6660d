import type { Packet } from '../../../../dissectors/core/packet.ts';
import type { ExtractRequest, MessageBytes, ModelOptions, Outcome, SaveWhat } from '../contract.ts';
import { modelRunLimits } from '../run-limits.ts';
import type { Again, PacketsRead } from './again.ts';
import { extractStreams } from './extract-stream.ts';
import type { Job } from './job.ts';
import { readMessageBytes } from './media-bytes.ts';
import { PacketChoice } from './packet-choice.ts';
import type { SaveSources } from './save.ts';
import { analyseAgain, readableOnce, readPackets } from './second-pass.ts';
import { type Chosen, choosePackets } from './selection.ts';

/** Capture files, read a second time from their beginning: all numbers come out the same. */
export class CapturesAgain implements Again {
  readonly #options: ModelOptions;
  /** Why they cannot be. */
  readonly #once: Promise<string | undefined>;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#once = readableOnce(options);
  }

  lost(): Promise<string | undefined> {
    return this.#once;
  }

  async bytes(job: Job, message: number): Promise<MessageBytes | undefined> {
    return (await this.#once) === undefined ? readMessageBytes(this.#options, job, message) : undefined;
  }

  async packets(
    sources: SaveSources,
    job: Job,
    what: SaveWhat,
    chosen: Chosen,
    take: (packet: Packet) => void,
  ): Promise<PacketsRead> {
    const once = await this.#once;
    if (once !== undefined) return { kind: 'refused', message: once };
    const wanted = what.what === 'all' ? undefined : await choosePackets(sources, job, what, chosen);
    if (job.cancelled) return { kind: 'cancelled' };
    const choice =
      wanted === undefined ? undefined : new PacketChoice(wanted, modelRunLimits(this.#options.limits));
    const files = await readPackets(this.#options, job, (packet) => {
      if (choice === undefined || choice.has(packet)) take(packet);
    });
    return { notes: files.flatMap(({ error }) => (error === undefined ? [] : [error.message])) };
  }

  async extract(job: Job, request: ExtractRequest): Promise<Outcome> {
    const once = await this.#once;
    if (once !== undefined) return { kind: 'refused', message: once };
    let number = 0;
    const { extract } = modelRunLimits(this.#options.limits);
    return extractStreams(job, request, extract, async ({ tap, failed }) => {
      const ended = new AbortController();
      return analyseAgain(
        this.#options,
        job,
        { message: () => failed() && ended.abort() },
        {
          mediaTap: (stream) => {
            number += 1;
            return number === request.stream ? tap(stream) : undefined;
          },
        },
        ended.signal,
      );
    });
  }

  inputs(): readonly string[] {
    return this.#options.paths;
  }
}
