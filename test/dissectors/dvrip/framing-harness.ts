import { BodyBudget } from '../../../dissectors/dvrip/body-budget.ts';
import { type Expectation, Framer, type FramingLimits } from '../../../dissectors/dvrip/framing.ts';
import type { Vocabulary } from '../../../dissectors/dvrip/header.ts';

/** 1412 is media, 1000 … 1999 are known: enough for the framing, which asks for no more. */
export const VOCABULARY: Vocabulary = {
  isMedia: (id) => id === 1412,
  isKnown: (id) => id >= 1000 && id < 2000,
};

export const LIMITS: FramingLimits = { longestBody: 1 << 20, recognitionBytes: 256 };

export interface FramedMessage {
  readonly id: number;
  readonly sequence: number;
  readonly length: number;
  /** Of a control message what was kept, of a media message what was handed on; `_` for each byte never captured. */
  readonly body: string;
  readonly missing: number;
  readonly cut: number;
  readonly unkept: number;
  readonly packets: readonly [first: number, last: number];
}

export interface HarnessOptions extends Partial<Expectation> {
  readonly limits?: Partial<FramingLimits>;
  readonly budget?: BodyBudget;
}

/** A framer that notes all it says, in order: messages as objects, the rest as words. */
export class FramingHarness {
  readonly messages: FramedMessage[] = [];
  readonly notes: string[] = [];
  readonly framer: Framer;
  readonly budget: BodyBudget;
  #media = '';

  constructor(options: HarnessOptions = {}) {
    const { dvrip = true, fromStart = true } = options;
    this.budget = options.budget ?? new BodyBudget(1 << 30);
    const limits = { ...LIMITS, ...options.limits };
    const sink = {
      message: (framer: Framer) => this.#message(framer),
      mediaData: (_framer: Framer, bytes: Uint8Array, start: number, end: number) => {
        this.#media += text(bytes.subarray(start, end));
      },
      mediaGap: (_framer: Framer, length: number) => {
        this.#media += '_'.repeat(length);
      },
      skipped: (_framer: Framer, bytes: number, after: string) => {
        this.notes.push(`skipped ${bytes} ${after}`);
      },
      oversized: (_framer: Framer, length: number) => {
        this.notes.push(`oversized ${length}`);
      },
      dahua: () => {
        this.notes.push('dahua');
      },
      recognised: () => {
        this.notes.push('recognised');
      },
    };
    this.framer = new Framer(sink, VOCABULARY, limits, { dvrip, fromStart }, this.budget);
  }

  /** Bytes in the middle of a read buffer that holds other things before and behind. */
  data(bytes: Uint8Array, packet = 1): this {
    const buffer = Buffer.concat([Buffer.alloc(3, 0xff), bytes, Buffer.alloc(40, 0xff)]);
    this.framer.data(buffer, 3, 3 + bytes.length, packet);
    buffer.fill(0xee); // the reader uses its buffers again: what was not copied is lost
    return this;
  }

  gap(length: number): this {
    this.framer.gap(length);
    return this;
  }

  end(): this {
    this.framer.end();
    return this;
  }

  get bodies(): readonly string[] {
    return this.messages.map((message) => message.body);
  }

  #message(framer: Framer): void {
    const { header, missing, cut, unkept, firstPacket, lastPacket } = framer;
    const kept = text(framer.body.subarray(framer.bodyStart, framer.bodyEnd));
    this.messages.push({
      id: header.messageId,
      sequence: header.sequence,
      length: header.bodyLength,
      body: VOCABULARY.isMedia(header.messageId) ? this.#media : kept,
      missing,
      cut,
      unkept,
      packets: [firstPacket, lastPacket],
    });
    this.#media = '';
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
