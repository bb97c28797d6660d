import { extractForm } from '../dialogs/extract-form.ts';
import type { Action } from '../keymap.ts';
import type { StreamDetail } from '../model/contract.ts';
import type { Painter } from '../painter.ts';
import type { Host, Panel, Subject } from '../panel.ts';
import type { Chart } from '../terminal/terminal.ts';
import { streamCharts, streamFacts } from './stream-charts.ts';

/** One media stream over the whole screen: facts and charts. */
export class StreamView implements Panel {
  readonly context = 'stream';
  readonly #host: Host;
  readonly #number: number;
  readonly #name: string;
  readonly #openFlow: (flow: number) => void;
  #detail: StreamDetail | undefined = undefined;
  #charts: readonly Chart[] = [];

  constructor(host: Host, number: number, name: string, openFlow: (flow: number) => void) {
    this.#host = host;
    this.#number = number;
    this.#name = name;
    this.#openFlow = openFlow;
    this.changed();
  }

  get title(): string {
    return `Stream ${this.#number}`;
  }

  paint(painter: Painter): void {
    const detail = this.#detail;
    this.#charts = [];
    if (detail === undefined) return;
    const facts = streamFacts(detail);
    for (const [y, line] of facts.entries()) painter.line(0, y, line);
    const top = facts.length + 1;
    this.#charts = streamCharts(painter.part(0, top, painter.width, painter.height - top), detail);
  }

  charts(): readonly Chart[] {
    return this.#charts;
  }

  act(action: Action): boolean {
    const row = this.#detail?.row;
    if (row === undefined) return false;
    if (action === 'extract') this.#host.open(extractForm(this.#host, row, this.#name));
    else if (action === 'open') this.#openFlow(row.flow);
    else return false;
    return true;
  }

  changed(): void {
    this.#host.model.stream(this.#number).then(
      (detail) => {
        this.#detail = detail;
        this.#host.repaint();
      },
      () => undefined,
    );
  }

  subject(): Subject {
    const row = this.#detail?.row;
    return {
      ...(row !== undefined && { current: { what: 'flows', numbers: [row.flow] } }),
      ...(row?.session !== undefined && { session: row.session }),
    };
  }
}
