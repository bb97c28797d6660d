import { safeJson } from '../../report/format/safe-text.ts';
import type { EventRecord } from '../../report/records/live-records.ts';
import { type MessageRecordOptions, messageRecord } from '../../report/records/message-record.ts';
import type { Message } from '../../session/message.ts';
import type { Output } from '../output.ts';
import type { LivePrinter } from './live-listener.ts';

/** A record for all that happens, on a line each. */
export class JsonPrinter implements LivePrinter {
  readonly #output: Output;
  readonly #shown: MessageRecordOptions;
  readonly #wanted: (message: Message) => boolean;

  constructor(output: Output, shown: MessageRecordOptions, wanted: (message: Message) => boolean) {
    this.#output = output;
    this.#shown = shown;
    this.#wanted = wanted;
  }

  packet(): void {}

  message(message: Message): void {
    if (this.#output.closed || !this.#wanted(message)) return;
    this.#record(messageRecord(message, this.#shown));
  }

  session(record: object): void {
    this.#record(record);
  }

  stream(record: object): void {
    this.#record(record);
  }

  finding(record: object): void {
    this.#record(record);
  }

  event(record: EventRecord): void {
    this.#record(record);
  }

  statistics(record: object): void {
    this.#record(record);
  }

  #record(record: object): void {
    if (!this.#output.closed) this.#output.line(safeJson(record));
  }
}
