import type { GapCause, Side, StreamConsumer } from '../reassembly/flow.ts';
import type { StreamDirection } from '../reassembly/stream-direction.ts';
import { formatAddress, formatEndpoint } from './format/address.ts';
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

/** What a terminal cannot show as text, or must not. */
const NO_TEXT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control bytes are what must not pass
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/g;

/** Prints a followed flow as a conversation: who sends next, then what, with gaps in their place. */
export class Conversation {
  readonly #print: (line: string) => void;
  readonly #options: FollowOptions;
  readonly #style: Style;
  readonly #maskers = [new SecretMasker(), new SecretMasker()] as const;
  readonly #sent = [0, 0];
  #speaker: Side | -1 = -1;
  #line = '';

  constructor(options: FollowOptions, style: Style, print: (line: string) => void) {
    this.#options = options;
    this.#style = style;
    this.#print = print;
  }

  tap(stream: StreamDirection): StreamConsumer {
    const { side } = stream;
    return {
      data: (bytes, start, end) => this.#data(stream, bytes, start, end),
      gap: (length, cause) => {
        if (!this.#wanted(stream)) return;
        this.#speak(stream);
        this.#breakLine();
        this.#print(this.#style.warning(`[${plural(length, 'byte')} missing: ${CAUSES[cause]}]`));
        this.#sent[side] = (this.#sent[side] ?? 0) + length;
      },
      end: () => undefined,
    };
  }

  /** Prints what is still held back. */
  end(): void {
    this.#pause();
  }

  #wanted(stream: StreamDirection): boolean {
    const { from } = this.#options;
    return from === undefined || (from === 'client') === (stream.side === stream.flow.client);
  }

  #data(stream: StreamDirection, bytes: Uint8Array, start: number, end: number): void {
    if (!this.#wanted(stream)) return;
    this.#speak(stream);
    this.#sent[stream.side] = (this.#sent[stream.side] ?? 0) + end - start;
    const text = Buffer.from(bytes.subarray(start, end)).toString('utf8');
    this.#text(this.#options.showSecrets ? text : this.#maskers[stream.side].push(text));
  }

  /** A heading when the other end begins to speak. */
  #speak(stream: StreamDirection): void {
    const { flow, side } = stream;
    if (this.#speaker === side) return;
    this.#pause();
    this.#speaker = side;
    const who = side === flow.client ? 'client' : 'server';
    const endpoint = formatEndpoint(formatAddress(flow.address(side)), flow.port(side));
    this.#print(this.#style.heading(`── ${who} ${endpoint}, from byte ${this.#sent[side] ?? 0}`));
  }

  #pause(): void {
    if (this.#speaker === -1) return;
    if (!this.#options.showSecrets) this.#text(this.#maskers[this.#speaker].end());
    this.#breakLine();
  }

  #text(text: string): void {
    const lines = (this.#line + text.replace(NO_TEXT, '.')).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#print(line);
    if (this.#line.length > 4096) this.#breakLine();
  }

  #breakLine(): void {
    if (this.#line !== '') this.#print(this.#line);
    this.#line = '';
  }
}
