import { type BodyText, byteOffset } from '../../../../dissectors/dvrip/text.ts';

/** UTF-16 units from one mark to the next. */
const MARK_UNITS = 1024;

const LOW_SURROGATE = 0xdc00;
const LAST_SURROGATE = 0xdfff;

/** From places in a body's text to its bytes: the text is gone through once, and marked on the way. */
export class BytePlaces {
  readonly #bytes: Uint8Array;
  readonly #body: BodyText;
  /** Byte offset at each mark; made when a UTF-8 body is first asked about. */
  #marks: readonly { readonly units: number; readonly offset: number }[] | undefined = undefined;

  /** `bytes` is the body, from its first byte. */
  constructor(bytes: Uint8Array, body: BodyText) {
    this.#bytes = bytes;
    this.#body = body;
  }

  /** Offset in the body of the character before which there are `units` UTF-16 units of text. */
  at(units: number): number {
    const { text, encoding } = this.#body;
    if (encoding !== 'utf-8') return byteOffset(this.#bytes, 0, this.#body, units);
    this.#marks ??= marksOf(this.#body);
    let place = Math.min(Math.floor(units / MARK_UNITS), this.#marks.length - 1);
    // A mark is one unit late where it would have cut a pair of surrogates.
    if ((this.#marks[place]?.units ?? 0) > units) place -= 1;
    const mark = this.#marks[place];
    return mark === undefined ? 0 : mark.offset + Buffer.byteLength(text.slice(mark.units, units));
  }
}

function marksOf({ text, byteOrderMark }: BodyText): { readonly units: number; readonly offset: number }[] {
  const marks = [{ units: 0, offset: byteOrderMark ? 3 : 0 }];
  let units = 0;
  let offset = byteOrderMark ? 3 : 0;
  for (let next = MARK_UNITS; next < text.length; next += MARK_UNITS) {
    const code = text.charCodeAt(next);
    const until = code >= LOW_SURROGATE && code <= LAST_SURROGATE ? next + 1 : next;
    offset += Buffer.byteLength(text.slice(units, until));
    units = until;
    marks.push({ units, offset });
  }
  return marks;
}
