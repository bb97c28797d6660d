import type { Packet } from '../../../dissectors/core/packet.ts';
import type { Style } from '../../report/format/style.ts';
import type { TimeOrigin } from '../../report/message-fields.ts';
import type { FindingRecord, StatisticsRecord, StreamRecord } from '../../report/records/live-records.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import { findingLine, sessionEndLine, statisticsLine, streamEndLine } from '../../report/text/live-text.ts';
import { bodyLines, messageLines, messagesHeading } from '../../report/text/messages-text.ts';
import type { Message } from '../../session/message.ts';
import type { Output } from '../output.ts';
import { firstPacket } from '../time-origin.ts';
import type { LivePrinter } from './live-listener.ts';

export interface LineWishes {
  readonly style: Style;
  readonly body: boolean;
  readonly showSecrets: boolean;
  /** Where times count from; set by the first packet. */
  readonly origin: TimeOrigin;
}

/** Lines for people: messages as `messages` prints them, everything else in between. */
export class LinePrinter implements LivePrinter {
  readonly #output: Output;
  readonly #wishes: LineWishes;
  readonly #wanted: (message: Message) => boolean;
  readonly #takeOrigin: (packet: Packet) => void;
  #headed = false;

  constructor(output: Output, wishes: LineWishes, wanted: (message: Message) => boolean) {
    this.#output = output;
    this.#wishes = wishes;
    this.#wanted = wanted;
    this.#takeOrigin = firstPacket(wishes.origin);
  }

  packet(packet: Packet): void {
    this.#takeOrigin(packet);
  }

  message(message: Message): void {
    if (this.#output.closed || !this.#wanted(message)) return;
    const { style, origin, body, showSecrets } = this.#wishes;
    if (!this.#headed) this.#line(messagesHeading(style));
    this.#headed = true;
    for (const line of messageLines(message, origin, style)) this.#line(line);
    if (body) for (const line of bodyLines(message, showSecrets)) this.#line(line);
  }

  session(record: SessionRecord): void {
    this.#line(sessionEndLine(record, this.#wishes.style));
  }

  stream(record: StreamRecord): void {
    this.#line(streamEndLine(record, this.#wishes.style));
  }

  finding(record: FindingRecord): void {
    this.#line(findingLine(record, this.#wishes.style));
  }

  /** On standard error, where it is said whatever is printed here. */
  event(): void {}

  statistics(record: StatisticsRecord): void {
    this.#line(statisticsLine(record, this.#wishes.style));
  }

  #line(text: string): void {
    if (!this.#output.closed) this.#output.line(text);
  }
}
