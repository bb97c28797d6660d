import blessed from 'blessed';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Painter } from '../../src/dashboard/painter.ts';
import { Canvas } from '../../src/dashboard/terminal/canvas.ts';
import { cutText, textCells, textWidth, wrapText } from '../../src/dashboard/terminal/cell-text.ts';
import { TextInput } from '../../src/dashboard/terminal/text-input.ts';
import { createTheme } from '../../src/dashboard/theme.ts';

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Strings that a capture may hold: any code units, with a liking for what steers terminals and takes two cells. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\x1b[31m',
        '\u202e',
        '{bold}',
        '中',
        'é',
        '🟢',
        '\ud83d',
        'e\u0301\u0301\u0301',
        'a',
        '\n',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('text becomes cells', () => {
  it('of one cell for ASCII, two for Chinese, none for a combining mark', () => {
    expect(textCells('a中e\u0301')).toEqual([
      { glyph: 'a', width: 1 },
      { glyph: '中', width: 2 },
      { glyph: 'e\u0301', width: 1 },
    ]);
  });

  it('spells out what would steer the terminal', () => {
    expect(
      textCells('\x1b[2J')
        .map(({ glyph }) => glyph)
        .join(''),
    ).toBe('\\x1b[2J');
    expect(textWidth('\u202e')).toBe(6);
  });

  it('and nothing unsafe is left of any text, nor more than two marks in a cell', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cells = textCells(text);
        for (const { glyph } of cells) {
          expect(UNSAFE.test(glyph)).toBe(false);
          expect([...glyph].length).toBeLessThanOrEqual(3);
        }
        expect(textWidth(text)).toBe(cells.reduce((sum, { width }) => sum + width, 0));
      }),
    );
  });

  it('a cut text is never wider than it may be, and whole where it fits', () => {
    fc.assert(
      fc.property(anyText, fc.nat(70), (text, width) => {
        const cut = cutText(text, width);
        expect(textWidth(cut)).toBeLessThanOrEqual(width);
        if (textWidth(text) <= width) expect(textWidth(cut)).toBe(textWidth(text));
      }),
    );
    expect(cutText('中文通道', 5)).toBe('中文…');
    expect(cutText('abcdef', 4)).toBe('abc…');
  });

  it('and wraps between words, the last line cut', () => {
    expect(wrapText('one two three four', 9, 3)).toEqual(['one two', 'three', 'four']);
    expect(wrapText('one two three four five', 9, 2)).toEqual(['one two', 'three fo…']);
    expect(wrapText('a 通道通道通道 b', 5, 9)).toEqual(['a', '通道', '通道', '通道', 'b']);
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (text, width, lines) => {
          const wrapped = wrapText(text, width, lines);
          expect(wrapped.length).toBeLessThanOrEqual(lines);
          for (const line of wrapped) expect(textWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('a canvas', () => {
  it('has for each wide character exactly one cell to its right that holds nothing, whatever is painted over what', () => {
    const stroke = fc.record({
      x: fc.integer({ min: -3, max: 14 }),
      y: fc.integer({ min: -1, max: 3 }),
      text: anyText,
    });
    fc.assert(
      fc.property(fc.array(stroke, { maxLength: 12 }), (strokes) => {
        const canvas = new Canvas(12, 3, 0);
        for (const { x, y, text } of strokes) canvas.text(x, y, text, 1);
        expect(canvas.glyphs).toHaveLength(36);
        for (let y = 0; y < 3; y++) {
          for (let x = 0; x < 12; x++) {
            const glyph = canvas.glyphs[y * 12 + x] ?? '';
            const next = x === 11 ? undefined : canvas.glyphs[y * 12 + x + 1];
            if (glyph === '') expect(x).toBeGreaterThan(0);
            else if (textWidth(glyph) === 2) expect(next).toBe('');
            else if (next !== undefined) expect(next).not.toBe('');
          }
        }
      }),
    );
  });

  it('is painted on inside of an area only', () => {
    const canvas = new Canvas(10, 3, 0);
    const painter = new Painter(canvas, createTheme(true), { x: 2, y: 1, width: 4, height: 1 });
    painter.text(0, 0, '中文通道');
    painter.text(0, 1, 'below');
    painter.text(-1, 0, 'left');
    painter.part(2, 0, 50, 50).fill(0, 0, 50, 50, 'bar');
    expect(
      [0, 1, 2].map((y) =>
        canvas.glyphs
          .slice(y * 10, y * 10 + 10)
          .join('')
          .trimEnd(),
      ),
    ).toEqual(['', '  中', '']);
  });
});

describe('the theme', () => {
  const tones = [
    'plain',
    'bar',
    'error',
    'warning',
    'note',
    'good',
    'label',
    'lit',
    'device',
    'client',
  ] as const;
  const colours = (attribute: number) => [(attribute >> 9) & 0x1ff, attribute & 0x1ff];

  it('uses only colours that read on light and on dark, on the own background of the terminal', () => {
    const theme = createTheme(true);
    for (const tone of tones) {
      const [foreground = -1, background] = colours(theme.attribute(tone));
      expect([1, 2, 3, 5, 6, 0x1ff]).toContain(foreground);
      expect(background).toBe(0x1ff);
    }
  });

  it('uses no colour at all where none is wanted, and still tells the cursor apart', () => {
    const theme = createTheme(false);
    for (const tone of tones) {
      expect(colours(theme.attribute(tone))).toEqual([0x1ff, 0x1ff]);
    }
    expect(theme.selected('plain')).not.toBe(theme.attribute('plain'));
  });
});

describe('a line that is typed', () => {
  const press = (input: TextInput, ...names: string[]) => {
    for (const name of names) input.key({ name, text: name.length === 1 ? name : '' });
  };

  it('is edited as in a shell', () => {
    const input = new TextInput();
    press(input, 'a', 'b', 'left', 'x', 'home', 'delete', 'end', 'backspace');
    expect(input.text).toBe('x');
    input.set('one two  ');
    press(input, 'C-w');
    expect(input.text).toBe('one ');
    press(input, 'C-u');
    expect(input.text).toBe('');
  });

  it('takes Chinese and characters beyond U+FFFF as one each', () => {
    const input = new TextInput('通道𠀀');
    press(input, 'backspace', 'left', 'backspace');
    expect(input.text).toBe('道');
  });

  it('shows the part with the cursor, which is always inside of the room', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'C-w', 'x')),
        fc.integer({ min: 1, max: 20 }),
        (text, keys, width) => {
          const input = new TextInput(text);
          press(input, ...keys);
          const { cursor } = input.view(width);
          expect(cursor).toBeGreaterThanOrEqual(0);
          expect(cursor).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

it('blessed and we disagree on some widths, which is why the adapter looks at each character', () => {
  expect(blessed.unicode.charWidth('🟢')).not.toBe(textWidth('🟢'));
  expect(blessed.unicode.charWidth('中')).toBe(textWidth('中'));
});
