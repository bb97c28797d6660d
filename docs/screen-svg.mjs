const CELL = { width: 8.4, height: 17 };
const MARGIN = 12;
const BACKGROUND = '#1c2028';
const FOREGROUND = '#d6dae2';
/** The 16 colours of a terminal; the dashboard uses 1 to 6. */
const PALETTE = [
  '#3b4252',
  '#e06c75',
  '#98c379',
  '#d8a657',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d6dae2',
  '#5c6370',
  '#ff8a94',
  '#b5e890',
  '#f2c879',
  '#8cc6ff',
  '#dfa0f0',
  '#7fd6e0',
  '#ffffff',
];

/** The screen of a terminal emulator as one SVG that needs nothing else; all text is escaped. */
export function screenSvg(emulator, title) {
  const { cols, rows } = emulator;
  const width = Math.ceil(cols * CELL.width + 2 * MARGIN);
  const height = rows * CELL.height + 2 * MARGIN;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapeXml(title)}</title>`,
    '<style>text{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}.b{font-weight:bold}</style>',
    `<rect width="${width}" height="${height}" rx="6" fill="${BACKGROUND}"/>`,
  ];
  for (let y = 0; y < rows; y++) parts.push(...row(emulator, y));
  parts.push('</svg>', '');
  return parts.join('\n');
}

/** The runs of a row that look alike: a rectangle where the background is another, and the text. */
function row(emulator, y) {
  const line = emulator.buffer.active.getLine(y);
  const runs = [];
  for (let x = 0; x < emulator.cols; x++) {
    const cell = line.getCell(x);
    if (cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    // A wide character ends its run, since fonts do not make it exactly two cells wide.
    if (last !== undefined && last.look.key === look.key && !last.wide) {
      last.text += text;
      last.cells += cell.getWidth();
      last.wide = cell.getWidth() === 2;
    } else runs.push({ x, look, text, cells: cell.getWidth(), wide: cell.getWidth() === 2 });
  }
  return runs.flatMap(({ x, look, text, cells }) => {
    const left = (MARGIN + x * CELL.width).toFixed(1);
    const wide = (cells * CELL.width).toFixed(1);
    const top = MARGIN + y * CELL.height;
    const parts = [];
    if (look.background !== BACKGROUND) {
      parts.push(
        `<rect x="${left}" y="${top}" width="${wide}" height="${CELL.height}" fill="${look.background}"/>`,
      );
    }
    if (text.trim() !== '') {
      const bold = look.bold ? ' class="b"' : '';
      parts.push(
        `<text x="${left}" y="${top + 13}" textLength="${wide}" lengthAdjust="spacingAndGlyphs" fill="${look.foreground}"${bold}>${escapeXml(text)}</text>`,
      );
    }
    return parts;
  });
}

function lookOf(cell) {
  const foreground = cell.isFgPalette() ? (PALETTE[cell.getFgColor()] ?? FOREGROUND) : FOREGROUND;
  const inverse = Boolean(cell.isInverse());
  const look = {
    foreground: inverse ? BACKGROUND : foreground,
    background: inverse ? foreground : BACKGROUND,
    bold: Boolean(cell.isBold()),
  };
  return { ...look, key: `${look.foreground} ${look.background} ${look.bold}` };
}

function escapeXml(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
