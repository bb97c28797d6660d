/**
 * A way in which a text is not quite JSON. `extra-comma`: one where nothing was listed, `{,` or `,,`;
 * `control-character`: a raw one in a string; `stray-characters`: any that say nothing between the tokens.
 */
export type JsonSlip =
  | 'trailing-comma'
  | 'extra-comma'
  | 'missing-comma'
  | 'missing-colon'
  | 'missing-key'
  | 'missing-value'
  | 'missing-quote'
  | 'missing-close'
  | 'wrong-close'
  | 'curly-quote'
  | 'single-quote'
  | 'unquoted-key'
  | 'unquoted-value'
  | 'full-width-punctuation'
  | 'control-character'
  | 'unusual-blank'
  | 'bad-escape'
  | 'bad-number'
  | 'bad-literal'
  | 'comment'
  | 'stray-characters'
  | 'text-after-end';

export interface SlipAt {
  readonly slip: JsonSlip;
  /** UTF-16 units from the start of the text. */
  readonly at: number;
  /** UTF-16 units; 0 where something is missing. */
  readonly length: number;
}

/** Slips that leave no doubt about what was meant. */
const LIGHT: ReadonlySet<JsonSlip> = new Set<JsonSlip>([
  'trailing-comma',
  'extra-comma',
  'curly-quote',
  'single-quote',
  'full-width-punctuation',
  'control-character',
  'unusual-blank',
  'bad-escape',
  'comment',
  'text-after-end',
]);

/** The slips of one text: the first of them listed, all of them weighed. */
export class SlipList {
  readonly listed: SlipAt[] = [];
  /** Number of slips that cast doubt on the reading. */
  heavy = 0;
  readonly #most: number;

  /** Lists the first `most`. */
  constructor(most: number) {
    this.#most = most;
  }

  add(slip: JsonSlip, at: number, length: number): void {
    if (!LIGHT.has(slip)) this.heavy += 1;
    if (this.listed.length < this.#most) this.listed.push({ slip, at, length });
  }

  /** That the text ends too early is listed beyond the limit too: it is graver than the others. */
  addCut(at: number): void {
    this.heavy += 1;
    this.listed.push({ slip: 'missing-close', at, length: 0 });
  }
}
