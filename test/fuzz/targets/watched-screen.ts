import { setImmediate } from 'node:timers/promises';
import type { Keymap } from '../../../src/dashboard/keymap.ts';
import { LocalModel } from '../../../src/dashboard/model/local-model.ts';
import { Screen } from '../../../src/dashboard/screen.ts';
import type { Canvas } from '../../../src/dashboard/terminal/canvas.ts';
import type { Chart, Terminal } from '../../../src/dashboard/terminal/terminal.ts';
import { createTheme } from '../../../src/dashboard/theme.ts';
import { must, mustBeSafe } from '../target.ts';
import { scratchFolder } from './readers.ts';

/** Turns of the event loop in which the model answers what a key asked for. */
const TURNS = 4;
const PATIENCE = 20_000;

/** A terminal that only looks at what it is to show. */
export class Eyes implements Terminal {
  width: number;
  height: number;
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

/** A dashboard that somebody uses. */
export interface Watched {
  readonly screen: Screen;
  readonly eyes: Eyes;
  /** Set once the dashboard has left. */
  readonly left: () => boolean;
}

/** Lets the model answer. */
export async function answer(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate();
}

/** Reads a capture to its end, then lets `use` have the dashboard. */
export async function watch(
  path: string,
  keymap: Keymap,
  [width, height]: readonly [width: number, height: number],
  use: (watched: Watched) => Promise<void>,
): Promise<void> {
  const model = new LocalModel({ paths: [path], temporaryFolder: scratchFolder(), seed: 1 });
  const broken: string[] = [];
  const mustBeWhole = () => must(broken.length === 0, `the dashboard broke: ${broken[0]}`);
  model.onBroken((message) => broken.push(message));
  try {
    const eyes = new Eyes(width, height);
    let left = false;
    const leave = (error?: string) => {
      left = true;
      if (error !== undefined) broken.push(error);
    };
    const screen = new Screen({ paths: [path], model, keymap, theme: createTheme(true), leave });
    screen.start(eyes);
    for (let turn = 0; (await model.progress()).state === 'reading'; turn++) {
      mustBeWhole();
      must(turn < PATIENCE, 'the model reads for ever');
      await setImmediate();
    }
    await use({ screen, eyes, left: () => left });
    must(eyes.shown > 0, 'nothing was painted');
    mustBeWhole();
  } finally {
    await model.close();
    // What it still has to say is not to be heard while another target runs.
    await answer();
  }
}
