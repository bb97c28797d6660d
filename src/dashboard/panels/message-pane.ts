import type { Action } from '../keymap.ts';
import { LineCursor } from '../list/cursor.ts';
import type { MessageBytes, MessageDetail } from '../model/contract.ts';
import type { Painter, Span } from '../painter.ts';
import type { Host } from '../panel.ts';
import { textWidth, wrapText } from '../terminal/cell-text.ts';
import { bytesPerRow, type HexBytes, hexRow, hexRowCount } from './hex-rows.ts';
import { messageLines, type Place, type ViewLine } from './message-lines.ts';

/** Lines from which on there is room for the fields of the header and a body. */
const ROOMY = 32;
const MOST_EARLY = 32;

/** One message in lines, with a cursor, and in hex with the bytes of the line under the cursor lit. */
export class MessagePane {
  readonly #host: Host;
  readonly #open: (message: number) => void;
  #wanted: number | undefined = undefined;
  #detail: MessageDetail | undefined = undefined;
  #bytes: MessageBytes | undefined = undefined;
  #none = '';
  #lines: readonly ViewLine[] = [];
  /** Lines that are folded, by their place among all lines. */
  readonly #folded = new Set<number>();
  /** Places of the lines that no fold hides. */
  #visible: readonly number[] = [];
  readonly #cursor = new LineCursor();
  readonly #hexCursor = new LineCursor();
  /** The lit bytes that the hex was scrolled to. */
  #scrolledTo: Place | undefined = undefined;
  #pointer: string | undefined = undefined;
  #linesWidth = 0;
  /** What was pressed before the first message was there. */
  readonly #early: Action[] = [];
  /** A message has come that was not painted yet. */
  #arrived = false;

  constructor(host: Host, open: (message: number) => void) {
    this.#host = host;
    this.#open = open;
  }

  get detail(): MessageDetail | undefined {
    return this.#detail;
  }

  /** Shows a message as soon as it is there; the one before stays until then. `pointer`: the cursor goes to that line. */
  show(number: number, pointer?: string): void {
    if (number === this.#wanted) return;
    this.#wanted = number;
    this.#pointer = pointer;
    this.#host.model.message(number).then(
      (detail) => {
        if (this.#wanted === number) this.#take(detail);
      },
      () => undefined,
    );
  }

  paintLines(painter: Painter, focused: boolean): void {
    if (this.#arrived) this.#settle(painter.height);
    this.#linesWidth = painter.width;
    const top = this.#cursor.settle(this.#visible.length, painter.height);
    if (this.#lines.length === 0) painter.text(0, 0, this.#none);
    for (let y = 0; y < painter.height; y++) {
      const place = this.#visible[top + y];
      const line = place === undefined ? undefined : this.#lines[place];
      if (place === undefined || line === undefined) break;
      const selected = focused && top + y === this.#cursor.cursor;
      const fold = this.#folded.has(place) ? [{ text: ' … ' }] : [];
      painter.line(0, y, [...line.spans, ...fold], { selected });
    }
  }

  /** What there is to say of the line under the cursor: the schema's words, findings, and the line itself where it was cut. */
  meaning(width: number, most: number): readonly Span[] {
    const line = this.#selectedLine;
    if (line === undefined) return [];
    const whole = line.spans.map(({ text }) => text).join('');
    const spans: readonly Span[] = [
      ...(line.meaning === undefined ? [] : [{ text: line.meaning }]),
      ...(line.findings ?? []).map(({ severity, rule, text }) => ({
        text: `${severity} ${rule}: ${text}`,
        tone: severity,
      })),
      // The line of a finding says nothing else.
      ...(textWidth(whole) > this.#linesWidth && (line.findings === undefined || line.pointer !== undefined)
        ? [{ text: whole.trim(), tone: 'label' as const }]
        : []),
    ];
    return spans
      .flatMap(({ text, tone = 'plain' }) =>
        wrapText(text, width, most).map((piece) => ({ text: piece, tone })),
      )
      .slice(0, most);
  }

  /** The same below a line with the place in the body. */
  paintMeaning(painter: Painter, meaning: readonly Span[]): void {
    const pointer = this.#selectedLine?.pointer;
    painter.text(0, 0, '─'.repeat(painter.width), { tone: 'label' });
    if (pointer !== undefined) {
      painter.text(2, 0, ` ${pointer === '' ? 'the body' : pointer} `, {
        tone: 'label',
        width: painter.width - 4,
      });
    }
    for (const [i, span] of meaning.entries()) painter.line(0, i + 1, [span]);
  }

  paintHex(painter: Painter): void {
    if (this.#arrived) this.#settle(painter.height);
    const perRow = bytesPerRow(painter.width);
    const lit = this.#selectedLine?.place;
    const header = this.#part('header', lit);
    const body = this.#part('body', lit);
    const headerRows = hexRowCount(header, perRow);
    const bodyRows = hexRowCount(body, perRow);
    const total = headerRows + bodyRows + 3;
    if (lit !== this.#scrolledTo) {
      this.#scrolledTo = lit;
      if (lit !== undefined) {
        const row = Math.floor(lit.start / perRow);
        this.#hexCursor.top = Math.max(0, (lit.part === 'header' ? 1 + row : headerRows + 3 + row) - 2);
        this.#hexCursor.cursor = this.#hexCursor.top;
      }
    }
    const top = Math.max(0, Math.min(this.#hexCursor.top, total - painter.height));
    for (let y = 0; y < painter.height && top + y < total; y++) {
      const row = top + y;
      if (row === 0) painter.text(0, y, 'Header bytes', { tone: 'strong' });
      else if (row <= headerRows) painter.line(0, y, hexRow(header, row - 1, perRow));
      else if (row === headerRows + 2) painter.text(0, y, this.#bodyTitle(body), { tone: 'strong' });
      else if (row > headerRows + 2) painter.line(0, y, hexRow(body, row - headerRows - 3, perRow));
    }
  }

  scrollHex(rows: number): void {
    this.#hexCursor.top = Math.max(0, this.#hexCursor.top + rows);
  }

  act(action: Action): boolean {
    if (this.#lines.length === 0 && this.#none === '') {
      if (this.#early.length < MOST_EARLY) this.#early.push(action);
      return true;
    }
    if (this.#cursor.act(action, this.#visible.length)) return true;
    const place = this.#visible[this.#cursor.cursor];
    const line = this.#selectedLine;
    if (place === undefined || line === undefined) return false;
    switch (action) {
      case 'left':
        return this.#fold(place, line, true);
      case 'right':
        return this.#fold(place, line, false);
      case 'open':
        if (line.leadsTo !== undefined) this.#open(line.leadsTo);
        else this.#fold(place, line, !this.#folded.has(place));
        return true;
      default:
        return false;
    }
  }

  /** Puts the cursor on a painted line. */
  press(y: number): void {
    const at = this.#cursor.top + y;
    if (at < this.#visible.length) this.#cursor.cursor = at;
  }

  /** The next line with the text; folds that hide it are opened. Answers whether there is one. */
  search(text: string, direction: 'forward' | 'backward', again: boolean): boolean {
    const wanted = text.toLowerCase();
    const { length } = this.#lines;
    const step = direction === 'forward' ? 1 : -1;
    const here = this.#visible[this.#cursor.cursor] ?? 0;
    for (let i = again ? 1 : 0; i <= length; i++) {
      const place = (((here + step * i) % length) + length) % length;
      const words = this.#lines[place]?.spans.map((span) => span.text).join('') ?? '';
      if (!words.toLowerCase().includes(wanted)) continue;
      this.#goTo(place);
      return true;
    }
    return false;
  }

  get #selectedLine(): ViewLine | undefined {
    const place = this.#visible[this.#cursor.cursor];
    return place === undefined ? undefined : this.#lines[place];
  }

  #take(detail: MessageDetail | undefined): void {
    this.#detail = detail;
    this.#bytes = undefined;
    this.#lines = detail === undefined ? [] : messageLines(detail);
    this.#none = `Message ${this.#wanted ?? ''} is not kept any more.`;
    this.#folded.clear();
    this.#arrived = true;
    this.#cursor.cursor = 0;
    this.#cursor.top = 0;
    this.#hexCursor.top = 0;
    this.#host.repaint();
    if (detail?.body.state !== 'elsewhere') return;
    const { number } = detail.row;
    this.#host.model.messageBytes(number).then(
      (bytes) => {
        if (this.#wanted !== number) return;
        this.#bytes = bytes;
        this.#host.repaint();
      },
      () => undefined,
    );
  }

  /** Folds what is minor where there is little room, and goes to the line that was asked for. */
  #settle(height: number): void {
    this.#arrived = false;
    if (height < ROOMY) {
      for (const [place, { minor }] of this.#lines.entries()) if (minor) this.#folded.add(place);
    }
    this.#unfolded();
    const { length } = this.#lines;
    const at =
      this.#pointer === undefined
        ? length
        : this.#lines.findIndex(({ pointer }) => pointer === this.#pointer);
    if (at !== -1 && at < length) this.#goTo(at);
    this.#cursor.settle(this.#visible.length, height);
    for (const action of this.#early.splice(0)) this.act(action);
  }

  #goTo(place: number): void {
    for (const start of [...this.#folded]) {
      const folds = this.#lines[start]?.folds ?? 0;
      if (place > start && place <= start + folds) this.#folded.delete(start);
    }
    this.#unfolded();
    this.#cursor.cursor = Math.max(0, this.#visible.indexOf(place));
  }

  #fold(place: number, line: ViewLine, fold: boolean): boolean {
    if (line.folds === undefined || this.#folded.has(place) === fold) return false;
    if (fold) this.#folded.add(place);
    else this.#folded.delete(place);
    this.#unfolded();
    return true;
  }

  #unfolded(): void {
    const visible: number[] = [];
    for (let place = 0; place < this.#lines.length; place++) {
      visible.push(place);
      if (this.#folded.has(place)) place += this.#lines[place]?.folds ?? 0;
    }
    this.#visible = visible;
  }

  #part(part: 'header' | 'body', lit: Place | undefined): HexBytes {
    const range = lit?.part === part ? ([lit.start, lit.end] as const) : undefined;
    const detail = this.#detail;
    if (detail === undefined) return { bytes: new Uint8Array(0), masked: [] };
    if (part === 'header') return { bytes: detail.headerBytes, masked: [], lit: range };
    const { bytes, masked } = this.#bytes ?? detail.body;
    return { bytes, masked, lit: range };
  }

  #bodyTitle({ bytes }: HexBytes): string {
    const detail = this.#detail;
    if (detail === undefined || detail.body.length === 0) return 'No body';
    if (bytes.length > 0) {
      return bytes.length < detail.body.length ? `Body, its first ${bytes.length} bytes` : 'Body bytes';
    }
    if (detail.body.state === 'elsewhere' && this.#bytes === undefined) return 'Body, being read again';
    return `Body, not shown: ${this.#bytes?.why ?? detail.body.why ?? 'not kept'}`;
  }
}
