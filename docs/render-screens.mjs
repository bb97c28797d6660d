import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import headless from '@xterm/headless';
import { screenSvg } from './screen-svg.mjs';

/**
 * Renders the pictures of the dashboard in docs/screens from the program itself: keys go in, a terminal emulator shows what
 * comes out, its cells become an SVG. Run after `npm run build`; another build may be named: `node docs/render-screens.mjs DIST`.
 */
const dist = new URL(process.argv[2] ?? '../dist/', import.meta.url);
const load = (path) => import(new URL(`src/dashboard/${path}`, dist));
const [{ Screen }, { Keymap }, { createTheme }, { openTerminal }, { LocalModel }] = await Promise.all([
  load('screen.js'),
  load('keymap.js'),
  load('theme.js'),
  load('terminal/blessed-terminal.js'),
  load('model/local-model.js'),
]);

const KEYS = { Enter: '\r', Esc: '\x1b', Tab: '\t', Down: '\x1b[B', Space: ' ' };

/** Name of the picture, sample capture, size, keys, and what must be seen before it is taken. */
const PICTURES = [
  ['sessions', 'two-clients', [110, 16], [], 'logged-out'],
  ['session', 'monitor-two-sockets', [150, 30], ['Enter', 'Down'], 'LOGIN_RSP'],
  ['findings', 'loss-and-reordering', [110, 22], ['3'], 'framing/gap-in-message'],
  [
    'message',
    'configuration-get-set',
    [150, 36],
    ['3', '/', ...'unknown-key', 'Enter', 'Enter'],
    'General.Nothing',
  ],
  ['streams', 'monitor-two-sockets', [110, 30], ['5'], '⣀'],
  [
    'filter',
    'monitor-two-sockets',
    [110, 24],
    ['4', 'f', ...'dvrip.msgid == MONITOR_'],
    'Filter (as messages -Y)',
  ],
  [
    'compare',
    'configuration-get-set',
    [110, 30],
    ['4', 'Down', 'Down', 'Space', 'Down', 'Space', 'c'],
    'lines differ',
  ],
];

const PATIENCE_MS = 20_000;

for (const [name, capture, [columns, rows], keys, sign] of PICTURES) {
  const lines = await picture(name, capture, columns, rows, keys, sign);
  process.stdout.write(`docs/screens/${name}.svg\n${lines.join('\n')}\n\n`);
}

async function picture(name, capture, columns, rows, keys, sign) {
  const path = new URL(`../captures/${capture}/capture.pcapng`, import.meta.url).pathname;
  const emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const keyboard = Object.assign(new Duplex({ read() {} }), { isTTY: true, setRawMode() {} });
  const display = Object.assign(
    new Duplex({
      read() {},
      write: (chunk, _encoding, done) => emulator.write(chunk.toString(), done),
    }),
    { isTTY: true, columns, rows },
  );
  const model = new LocalModel({ paths: [path], temporaryFolder: tmpdir(), seed: 1 });
  const screen = new Screen({
    paths: [path],
    model,
    keymap: new Keymap(),
    theme: createTheme(true),
    leave() {},
  });
  const terminal = await openTerminal(
    {
      input: keyboard,
      output: display,
      term: 'xterm-256color',
      title: name,
      unicode: true,
      coloured: true,
      mouse: false,
    },
    screen,
  );
  screen.start(terminal);
  await settled(emulator);
  for (const key of keys) {
    keyboard.push(KEYS[key] ?? key);
    await settled(emulator);
  }
  const end = performance.now() + PATIENCE_MS;
  while (!text(emulator).some((line) => line.includes(sign))) {
    if (performance.now() > end)
      throw new Error(`${name}: '${sign}' is not on\n${text(emulator).join('\n')}`);
    await setTimeout(20);
  }
  await settled(emulator);
  const lines = text(emulator);
  writeFileSync(new URL(`screens/${name}.svg`, import.meta.url), screenSvg(emulator, `dvrscope: ${name}`));
  terminal.close();
  await model.close();
  return lines;
}

function text(emulator) {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, y) => active.getLine(y).translateToString(true).trimEnd());
}

/** Waits until the picture has stayed as it is for a while. */
async function settled(emulator) {
  let before = '';
  for (;;) {
    await setTimeout(120);
    const now = text(emulator).join('\n');
    if (now === before && now.trim() !== '') return;
    before = now;
  }
}
