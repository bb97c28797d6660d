import type { Packet } from '../../../../dissectors/core/packet.ts';
import { encodeHeader } from '../../../../dissectors/dvrip/header.ts';
import { Analysis, type AnalysisListener, type AnalysisOptions } from '../../../analysis/analysis.ts';
import { withChanges } from '../../../analysis/limit-changes.ts';
import { limitsFor } from '../../../analysis/memory-ceiling.ts';
import type { PacketRing } from '../../../capture/ring/packet-ring.ts';
import type { RingRead } from '../../../capture/ring/ring-reader.ts';
import type { Flow } from '../../../reassembly/flow.ts';
import { plural } from '../../../report/format/table.ts';
import type { MediaStream } from '../../../session/media-stream.ts';
import type { Message } from '../../../session/message.ts';
import { analysisOptions } from '../analysis-options.ts';
import type { ExtractRequest, MessageBytes, ModelOptions, Outcome, SaveWhat } from '../contract.ts';
import { shownBytes } from '../detail/message-detail.ts';
import type { Recorder } from '../index/recorder.ts';
import { AGAIN_SCALE } from '../limits.ts';
import { type ModelRunLimits, modelRunLimits } from '../run-limits.ts';
import type { Again, PacketsRead } from './again.ts';
import { extractStreams } from './extract-stream.ts';
import { endsOfEntry, endsOfFlow } from './flow-ends.ts';
import type { Job } from './job.ts';
import { RingChoice } from './ring-choice.ts';
import { selectOfRing } from './ring-wanted.ts';
import type { SaveSources } from './save.ts';
import type { Chosen } from './selection.ts';

const NO_RING = 'no packets are kept (-w none)';
const LEFT = 'its packets have left the ring';
/**
 * Packets read before those that are wanted: a reader who begins in the middle of a connection finds its messages by the second of
 * them at the latest. If a connection was silent for so long, a second attempt begins earlier.
 */
const LEAD_INS = [20_000, 1_000_000] as const;
/** Messages looked at to tell apart those that one packet carries under one and the same header. */
const TWINS = 256;

/**
 * The ring of a live capture. It begins in the middle: numbers of flows, messages and streams come out otherwise than they
 * did, so that they are known again by packets, ends and headers. Packets have the numbers that they had.
 */
export class RingAgain implements Again {
  readonly #options: ModelOptions;
  readonly #recorder: Recorder;
  readonly #ring: PacketRing | undefined;
  readonly #ceilingBytes: number;
  readonly #bounds: ModelRunLimits;

  constructor(options: ModelOptions, recorder: Recorder, ring: PacketRing | undefined, ceilingBytes: number) {
    this.#options = options;
    this.#bounds = modelRunLimits(options.limits);
    this.#recorder = recorder;
    this.#ring = ring;
    this.#ceilingBytes = ceilingBytes;
  }

  async lost(message: number): Promise<string | undefined> {
    if (this.#ring === undefined) return NO_RING;
    const { first, last } = this.#packetsOf(message);
    switch (this.#ring.whereabouts(first, last)) {
      case 'kept':
        return undefined;
      case 'gone':
        return LEFT;
      case 'left-out':
        return 'its packets were left out of the ring: the disk was full or too slow';
    }
  }

  async bytes(job: Job, number: number): Promise<MessageBytes | undefined> {
    const { messages } = this.#recorder;
    if (!messages.has(number)) return undefined;
    const none = (why: string): MessageBytes => ({ number, why, bytes: new Uint8Array(0), masked: [] });
    const lost = await this.lost(number);
    if (this.#ring === undefined || lost !== undefined) return none(lost ?? NO_RING);
    const { hexBytes } = this.#bounds.dashboard;
    const { first, last } = this.#packetsOf(number);
    const entry = this.#recorder.flows.get(messages.page(number).flow[messages.rowOf(number)] ?? 0);
    const ends = entry === undefined ? undefined : endsOfEntry(entry);
    const header = this.#headerOf(number);
    const twins = this.#twinsBefore(number, header);
    const isIt = (message: Message) =>
      message.firstPacket === first &&
      message.lastPacket === last &&
      header.equals(encodeHeader(message.header)) &&
      (ends === undefined || endsOfFlow(message.flow) === ends);
    let answer: MessageBytes | undefined;
    for (const leadIn of LEAD_INS) {
      let before = twins;
      const listener: AnalysisListener = {
        message: (message) => {
          if (answer !== undefined || !isIt(message)) return;
          before -= 1;
          if (before >= 0) return;
          const body = message.body.subarray(message.bodyStart, message.bodyEnd);
          answer = { number, ...shownBytes(body, this.#options.showSecrets === true, hexBytes) };
        },
      };
      await this.#analyse(job, first - leadIn, last, { keptMediaBytes: hexBytes }, listener);
      if (job.cancelled) return undefined;
      if (answer !== undefined) return answer;
    }
    // It may have left while it was read.
    return none((await this.lost(number)) ?? 'it was not found again in the ring');
  }

  async packets(
    sources: SaveSources,
    job: Job,
    what: SaveWhat,
    chosen: Chosen,
    take: (packet: Packet) => void,
  ): Promise<PacketsRead> {
    const ring = this.#ring;
    if (ring === undefined) return { kind: 'refused', message: NO_RING };
    if (what.what === 'all') {
      const gone = (ring.oldest?.first ?? 1) - 1;
      const read = await this.#read(ring, job, 1, Number.POSITIVE_INFINITY, take);
      const notes = gone === 0 ? [] : [`without the first ${plural(gone, 'packet')}, no longer in the ring`];
      return { notes: [...notes, ...read.missing] };
    }
    const selected = await selectOfRing(sources, ring, job, what, chosen);
    if (job.cancelled) return { kind: 'cancelled' };
    if ('gone' in selected) return { kind: 'refused', message: selected.gone };
    const { wanted, from, to, notes } = selected;
    const choice = new RingChoice(wanted, this.#limits());
    const read = await this.#read(ring, job, from, to, (packet) => {
      if (choice.has(packet)) take(packet);
    });
    return { notes: [...notes, ...read.missing] };
  }

  async extract(job: Job, request: ExtractRequest): Promise<Outcome> {
    const ring = this.#ring;
    const refused = (message: string): Outcome => ({ kind: 'refused', message });
    if (ring === undefined) return refused(NO_RING);
    const meant = this.#recorder.streams.get(request.stream)?.stream;
    if (meant === undefined) return refused(`stream ${request.stream} is not kept any more`);
    const { oldest } = ring;
    const { firstPacket, lastPacket } = meant;
    if (oldest === undefined || lastPacket < oldest.first) return refused(LEFT);
    const entry = this.#recorder.flows.get(meant.origin.flow);
    if (entry === undefined) return refused('the flow of the stream is not kept any more');
    const late = firstPacket < oldest.first ? oldest.seconds - meant.startSeconds : 0;
    const notes =
      late > 0 ? [`without its first ${plural(Math.ceil(late), 'second')}, no longer in the ring`] : [];
    const ends = endsOfEntry(entry);
    const flows = new Map<number, string>();
    return extractStreams(
      job,
      request,
      this.#bounds.extract,
      async ({ tap, failed }) => {
        const ended = new AbortController();
        const read = await this.#analyse(
          job,
          Math.max(firstPacket, oldest.first) - LEAD_INS[0],
          lastPacket,
          {
            tap: ({ flow }) => {
              if (!flows.has(flow.number)) flows.set(flow.number, endsOfFlow(flow));
              return undefined;
            },
            mediaTap: (stream) =>
              flows.get(stream.origin.flow) === ends && isPartOf(stream, meant) ? tap(stream) : undefined,
          },
          {
            message: () => failed() && ended.abort(),
            flowEnded: (flow: Flow) => flows.delete(flow.number),
          },
          ended.signal,
        );
        return read.files;
      },
      notes,
    );
  }

  inputs(): readonly string[] {
    return this.#ring?.files() ?? [];
  }

  #read(
    ring: PacketRing,
    job: Job,
    from: number,
    to: number,
    take: (packet: Packet) => void,
    ended?: AbortSignal,
  ): Promise<RingRead> {
    return ring.read(from, to, take, {
      signal: ended === undefined ? job.signal : AbortSignal.any([job.signal, ended]),
      onProgress: (read, total) => job.reached(read, total),
    });
  }

  /** A small analysis beside the large one. */
  async #analyse(
    job: Job,
    from: number,
    to: number,
    wishes: Pick<AnalysisOptions, 'keptMediaBytes' | 'mediaTap' | 'tap'>,
    listener: AnalysisListener,
    ended?: AbortSignal,
  ): Promise<RingRead> {
    if (this.#ring === undefined) return { files: [], missing: [] };
    const options = { ...analysisOptions(this.#options), ...wishes, limits: this.#limits() };
    const analysis = new Analysis(options, listener);
    const read = await this.#read(this.#ring, job, from, to, (packet) => analysis.push(packet), ended);
    analysis.end();
    return read;
  }

  #limits() {
    return withChanges(limitsFor(this.#ceilingBytes, AGAIN_SCALE), this.#options.limits);
  }

  #packetsOf(message: number): { readonly first: number; readonly last: number } {
    const { messages } = this.#recorder;
    const page = messages.page(message);
    const row = messages.rowOf(message);
    const last = page.lastPacket[row] ?? 0;
    return { first: last - (page.packetSpan[row] ?? 0), last };
  }

  #headerOf(message: number): Buffer {
    return Buffer.from(encodeHeader(this.#recorder.memory.columns(message).header));
  }

  /** Messages before this one of the same packets, with the same header: devices do not always count. */
  #twinsBefore(number: number, header: Buffer): number {
    const { messages } = this.#recorder;
    const { first, last } = this.#packetsOf(number);
    const flowOf = (of: number) => messages.page(of).flow[messages.rowOf(of)];
    let twins = 0;
    for (let other = number - 1; other > number - TWINS && messages.has(other); other--) {
      const packets = this.#packetsOf(other);
      const same = packets.first === first && packets.last === last && flowOf(other) === flowOf(number);
      if (same && header.equals(this.#headerOf(other))) twins += 1;
    }
    return twins;
  }
}

/** Whether a stream of the second pass is one of the first, or what the ring still has of it. */
function isPartOf({ origin, startSeconds, startNanoseconds }: MediaStream, meant: MediaStream): boolean {
  const { messageId, headerChannel } = origin;
  if (messageId !== meant.origin.messageId || headerChannel !== meant.origin.headerChannel) return false;
  const at = startSeconds + startNanoseconds / 1e9;
  return (
    at >= meant.startSeconds + meant.startNanoseconds / 1e9 &&
    at <= meant.endSeconds + meant.endNanoseconds / 1e9
  );
}
