import { StringDecoder } from 'node:string_decoder';
import type { GapCause, Side, StreamConsumer } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import { formatAddress, formatEndpoint } from './format/address.ts';
import { dottedLines } from './format/safe-text.ts';
import type { Style } from './format/style.ts';
import { plural } from './format/table.ts';
import { SecretMasker } from './redact.ts';

export interface FollowOptions {
  readonly from: 'client' | 'server' | undefined;
  readonly showSecrets: boolean;
}

const CAUSES: Readonly<Record<GapCause, string>> = {
  acknowledged: 'the receiver acknowledged them',
  'buffer-limit': 'too much waited behind them',
  end: 'the capture ends without them',
  'snap-length': 'cut by the snap length',
};

/** A line without end is broken after so many characters. */
const LONGEST_LINE = 4096;

/** What one direction has sent so far; its text goes on where it stopped when the other end spoke in between. */
class Voice {
  bytes = 0;
  /** A character may lie across two segments. */
  decoder = new StringDecoder('utf8');
  readonly masker = new SecretMasker();
}

/** Prints a followed flow as a conversation: who sends next, then what, with gaps in their place. */
export class Conversation {
  readonly #print: (line: string) => void;
  readonly #options: FollowOptions;
  readonly #style: Style;
  readonly #voices = [new Voice(), new Voice()] as const;
  #speaker: Side | -1 = -1;
  #line = '';

  constructor(options: FollowOptions, style: Style, print: (line: string) => void) {
    this.#options = options;
    this.#style = style;
    this.#print = print;
  }

  tap(stream: StreamDirection): StreamConsumer {
    return {
      data: (bytes, start, end) => this.#data(stream, bytes, start, end),
      gap: (length, cause) => this.#gap(stream, length, cause),
      end: () => undefined,
    };
  }

  /** Prints the line that is still open. */
  end(): void {
    this.#breakLine();
  }

  #wanted(stream: StreamDirection): boolean {
    const { from } = this.#options;
    return from === undefined || (from === 'client') === (stream.side === stream.flow.client);
  }

  #data(stream: StreamDirection, bytes: Uint8Array, start: number, end: number): void {
    if (!this.#wanted(stream) || start === end) return;
    this.#speak(stream);
    const voice = this.#voices[stream.side];
    voice.bytes += end - start;
    const text = voice.decoder.write(Buffer.from(bytes.subarray(start, end)));
    this.#text(this.#options.showSecrets ? text : voice.masker.push(text));
  }

  #gap(stream: StreamDirection, length: number, cause: GapCause): void {
    if (!this.#wanted(stream)) return;
    this.#speak(stream);
    this.#breakLine();
    this.#print(this.#style.warning(`[${plural(length, 'byte')} missing: ${CAUSES[cause]}]`));
    const voice = this.#voices[stream.side];
    voice.bytes += length;
    voice.decoder = new StringDecoder('utf8');
  }

  /** A heading when the other end begins to speak. */
  #speak(stream: StreamDirection): void {
    const { flow, side } = stream;
    if (this.#speaker === side) return;
    this.#breakLine();
    this.#speaker = side;
    const who = side === flow.client ? 'client' : 'server';
    const endpoint = formatEndpoint(formatAddress(flow.address(side)), flow.port(side));
    const { bytes } = this.#voices[side];
    this.#print(this.#style.heading(`── ${who} ${endpoint}, from byte ${bytes}`));
  }

  #text(text: string): void {
    const lines = (this.#line + dottedLines(text)).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#print(line);
    if (this.#line.length > LONGEST_LINE) this.#breakLine();
  }

  #breakLine(): void {
    if (this.#line !== '') this.#print(this.#line);
    this.#line = '';
  }
}
