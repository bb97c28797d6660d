import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Keymap } from '../../../src/dashboard/keymap.ts';
import { LocalModel } from '../../../src/dashboard/model/local-model.ts';
import { Screen } from '../../../src/dashboard/screen.ts';
import type { Canvas } from '../../../src/dashboard/terminal/canvas.ts';
import type { Chart, Terminal } from '../../../src/dashboard/terminal/terminal.ts';
import { createTheme } from '../../../src/dashboard/theme.ts';
import type { Corpus } from '../corpus.ts';
import { must, mustBeSafe, type Target } from '../target.ts';
import { scratchFolder } from './readers.ts';

/** Through every list, into what is listed, and through the parts of that. */
const KEYS = [
  ...[
    'down',
    'enter',
    'tab',
    'tab',
    'down',
    'enter',
    'tab',
    'tab',
    'escape',
    'escape',
    'tab',
    'G',
    'enter',
    'pagedown',
  ],
  ...[
    'escape',
    'tab',
    'down',
    'enter',
    'escape',
    'tab',
    'space',
    'down',
    'space',
    'c',
    'escape',
    'enter',
    'G',
    'escape',
    'tab',
    'enter',
  ],
];
/** Turns of the event loop in which the model answers what a key asked for. */
const TURNS = 4;
const PATIENCE = 20_000;

/** A terminal that only looks at what it is to show. */
class Eyes implements Terminal {
  readonly width: number;
  readonly height: number;
  shown = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  show(
    { width, height, glyphs }: Canvas,
    charts: readonly Chart[],
    cursor: { x: number; y: number } | undefined,
  ): void {
    this.shown += 1;
    must(width === this.width && height === this.height, 'the picture is not as large as the terminal');
    must(glyphs.length === width * height, 'the picture has another number of cells');
    const text = glyphs.join('');
    mustBeSafe(text, 'the screen');
    must(!text.includes('\n') && !text.includes('\t'), 'a cell moves the cursor');
    for (const { labels, line, area } of charts) {
      must(
        area.x + area.width <= width && area.y + area.height <= height,
        'a chart lies outside of the screen',
      );
      must(line.values.every(Number.isFinite), 'a chart of what is no number');
      mustBeSafe(`${labels.join('')}${line.title}`, 'a chart');
    }
    must(
      cursor === undefined || (cursor.x < width && cursor.y < height),
      'the cursor is outside of the screen',
    );
  }

  redraw(): void {}
  suspend(): void {}
  close(): void {}
}

async function draw(input: Buffer): Promise<void> {
  const path = join(scratchFolder(), 'drawn.pcap');
  writeFileSync(path, input);
  const model = new LocalModel({ paths: [path], temporaryFolder: scratchFolder(), seed: 1 });
  const broken: string[] = [];
  model.onBroken((message) => broken.push(message));
  try {
    const eyes = new Eyes(input.length % 2 === 0 ? 120 : 61, input.length % 3 === 0 ? 40 : 14);
    const screen = new Screen({
      paths: [path],
      model,
      keymap: new Keymap(undefined),
      theme: createTheme(true),
      leave: (error) => {
        if (error !== undefined) broken.push(error);
      },
    });
    screen.start(eyes);
    for (let turn = 0; (await model.progress()).state === 'reading'; turn++) {
      must(turn < PATIENCE, 'the model reads for ever');
      await setImmediate();
    }
    for (const name of KEYS) {
      screen.key({ name, text: '' });
      for (let turn = 0; turn < TURNS; turn++) await setImmediate();
    }
    must(eyes.shown > 0, 'nothing was painted');
    must(broken.length === 0, `the dashboard broke: ${broken[0]}`);
  } finally {
    await model.close();
  }
}

export function dashboardTargets({ conversations }: Corpus): readonly Target[] {
  return [
    {
      name: 'dashboard',
      about:
        'the dashboard on a terminal that only looks: cells without control characters, charts of numbers',
      kind: 'capture',
      seeds: conversations,
      run: draw,
    },
  ];
}
