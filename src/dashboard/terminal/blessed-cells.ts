/** A cell as blessed keeps it: attribute and glyph. */
export type BlessedCell = [attribute: number, glyph: string];

/** A row of cells; a dirty one is compared with what the terminal shows and sent. */
export interface BlessedRow extends Array<BlessedCell> {
  dirty: boolean;
}

// What blessed has and its types leave out.
declare module 'blessed' {
  namespace Widgets {
    interface Tput {
      /** Lines are drawn with their own characters, not with the letters of the alternate character set. */
      brokenACS: boolean;
    }
    interface Screen {
      /** The picture of the screen, row by row. */
      lines: BlessedRow[];
      /** Takes the terminal: alternate screen, keypad mode, no cursor, everything to be painted. */
      enter(): void;
      /** Gives the terminal back, and writes that out at once. */
      leave(): void;
    }
  }
  /** Cells that blessed thinks a character takes. */
  const unicode: { charWidth(character: string): number };
}
