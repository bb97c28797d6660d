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
    '<style>text{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}.b{font-weight:bold}</style>',
    `<rect width="${width}" height="${height}" rx="6" fill="${BACKGROUND}"/>`,
  ];
  for (let y = 0; y < rows; y++) parts.push(...row(emulator, y));
  parts.push('</svg>', '');
  return parts.join('\n');
}

/** The runs of a row that look alike: a rectangle where the background is another, and the words in their places. */
function row(emulator, y) {
  const line = emulator.buffer.active.getLine(y);
  const runs = [];
  for (let x = 0; x < emulator.cols; x++) {
    const cell = line.getCell(x);
    const width = cell.getWidth();
    if (width === 0) continue;
    const look = lookOf(cell);
    const last = runs.at(-1);
    const piece = { x, width, text: cell.getChars() || ' ' };
    if (last !== undefined && last.look.key === look.key) last.pieces.push(piece);
    else runs.push({ look, pieces: [piece] });
  }
  const top = MARGIN + y * CELL.height;
  return runs.flatMap(({ look, pieces }) => [
    ...(look.background === BACKGROUND ? [] : [rectangle(pieces, top, look.background)]),
    ...words(pieces).map((word) => textElement(word, top, look)),
  ]);
}

function rectangle(pieces, top, fill) {
  const { left, wide } = extent(pieces);
  return `<rect x="${left}" y="${top}" width="${wide}" height="${CELL.height}" fill="${fill}"/>`;
}

function textElement(word, top, look) {
  const { left, wide } = extent(word);
  const bold = look.bold ? ' class="b"' : '';
  const text = escapeXml(word.map((piece) => piece.text).join(''));
  return `<text x="${left}" y="${top + 13}" textLength="${wide}" lengthAdjust="spacingAndGlyphs" fill="${look.foreground}"${bold}>${text}</text>`;
}

/** The words of a run, each with a place of its own: renderers do not agree on what several blanks are. */
function words(pieces) {
  const found = [];
  let word = [];
  for (const piece of pieces) {
    if (piece.text === ' ') {
      if (word.length > 0) found.push(word);
      word = [];
    } else word.push(piece);
  }
  return word.length > 0 ? [...found, word] : found;
}

function extent(pieces) {
  const first = pieces[0];
  const last = pieces.at(-1);
  return {
    left: (MARGIN + first.x * CELL.width).toFixed(1),
    wide: ((last.x + last.width - first.x) * CELL.width).toFixed(1),
  };
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
