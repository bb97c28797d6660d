/** What a piece of text is, which decides how it looks. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'label'
  | 'bar'
  | 'footer-key'
  | 'key'
  | 'error'
  | 'warning'
  | 'note'
  | 'good'
  | 'device'
  | 'client'
  | 'lit';

/** The tones as cell attributes, and what a selected or marked line adds to them. */
export interface Theme {
  readonly attribute: (tone: Tone) => number;
  /** The same tone under the cursor. */
  readonly selected: (tone: Tone) => number;
}

/** Cell attribute as blessed keeps it: flags from bit 18, foreground from bit 9, background; 0x1ff is the default. */
const DEFAULT_COLOUR = 0x1ff;
const BOLD = 1;
const INVERSE = 8;

/**
 * Only colours 1 to 6 on the terminal's own background, which read on light and on dark alike. Neither black, white and
 * greys (the background, on some terminals) nor the bright ones (too pale for white) nor dark blue (too dark for black).
 */
const RED = 1;
const GREEN = 2;
const YELLOW = 3;
const MAGENTA = 5;
const CYAN = 6;

interface Look {
  readonly colour?: number;
  readonly flags?: number;
}

const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: {},
  strong: { flags: BOLD },
  label: { colour: CYAN },
  bar: { flags: INVERSE },
  'footer-key': { flags: INVERSE | BOLD },
  key: { flags: BOLD },
  error: { colour: RED, flags: BOLD },
  warning: { colour: YELLOW },
  note: { colour: CYAN },
  good: { colour: GREEN },
  device: { colour: GREEN },
  client: { colour: MAGENTA },
  lit: { colour: YELLOW, flags: BOLD | INVERSE },
};

/** @param coloured false where the user wants no colours (no-color.org): bold, underlined and inverse stay */
export function createTheme(coloured: boolean): Theme {
  const pack = (flags: number, colour = DEFAULT_COLOUR) => (flags << 18) | (colour << 9) | DEFAULT_COLOUR;
  return {
    attribute: (tone) => {
      const { colour, flags = 0 }: Look = LOOKS[tone];
      return pack(flags, coloured ? colour : undefined);
    },
    // One bar from edge to edge: inverse colours would make patches of it.
    selected: (tone) => pack((LOOKS[tone].flags ?? 0) | INVERSE),
  };
}
