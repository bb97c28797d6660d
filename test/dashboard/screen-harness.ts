import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { type KeyBindings, Keymap } from '../../src/dashboard/keymap.ts';
import type { DashboardModel, ModelOptions } from '../../src/dashboard/model/contract.ts';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { Screen } from '../../src/dashboard/screen.ts';
import { openTerminal } from '../../src/dashboard/terminal/blessed-terminal.ts';
import type { Terminal } from '../../src/dashboard/terminal/terminal.ts';
import { createTheme } from '../../src/dashboard/theme.ts';
import { FakeTty } from './screen-fake-tty.ts';

/** What the keys of a keyboard send, as xterm does. */
const BYTES: Readonly<Record<string, string>> = {
  Enter: '\r',
  Esc: '\x1b',
  Tab: '\t',
  BackTab: '\x1b[Z',
  Space: ' ',
  Backspace: '\x7f',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
  F1: '\x1bOP',
  F2: '\x1bOQ',
  F3: '\x1bOR',
  F4: '\x1bOS',
  F5: '\x1b[15~',
  F6: '\x1b[17~',
  F7: '\x1b[18~',
  F8: '\x1b[19~',
  F9: '\x1b[20~',
  F10: '\x1b[21~',
  'C-c': '\x03',
  'C-d': '\x04',
  'C-f': '\x06',
  'C-l': '\x0c',
  'C-u': '\x15',
};

export interface HarnessOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly coloured?: boolean;
  readonly keys?: KeyBindings;
  readonly model?: Partial<ModelOptions>;
}

const PATIENCE_MS = 10_000;

/** The dashboard on a terminal emulator, with a person at the keyboard. */
export class Session {
  readonly tty: FakeTty;
  readonly model: DashboardModel;
  left: { readonly error: string | undefined } | undefined = undefined;
  readonly #terminal: Terminal;

  private constructor(tty: FakeTty, model: DashboardModel, terminal: Terminal) {
    this.tty = tty;
    this.model = model;
    this.#terminal = terminal;
  }

  static async open(paths: readonly string[], options: HarnessOptions = {}): Promise<Session> {
    return Session.on(
      new LocalModel({ seed: 1, temporaryFolder: tmpdir(), ...options.model, paths }),
      paths,
      options,
    );
  }

  static async on(
    model: DashboardModel,
    paths: readonly string[],
    options: HarnessOptions = {},
  ): Promise<Session> {
    const tty = new FakeTty(options.columns ?? 120, options.rows ?? 40);
    const coloured = options.coloured ?? true;
    const leave: { to: (error?: string) => void } = { to: () => undefined };
    const screen = new Screen({
      paths,
      model,
      keymap: new Keymap(options.keys),
      theme: createTheme(coloured),
      leave: (error) => leave.to(error),
    });
    const terminal = await openTerminal(
      {
        input: tty.keyboard,
        output: tty.display,
        term: 'xterm-256color',
        title: 'test',
        unicode: true,
        coloured,
        mouse: true,
      },
      screen,
    );
    const session = new Session(tty, model, terminal);
    leave.to = (error) => {
      session.left = { error };
    };
    screen.start(terminal);
    return session;
  }

  /** Presses keys one after the other: names as in the table above, or characters. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.tty.keyboard.type(BYTES[key] ?? key);
      await setTimeout(2);
    }
  }

  /** Types a text, character by character. */
  async type(text: string): Promise<void> {
    await this.press(...text);
  }

  /** Waits until the screen says something. */
  async sees(...wanted: readonly (string | RegExp)[]): Promise<void> {
    await this.until(
      (screen) =>
        wanted.every((want) => (typeof want === 'string' ? screen.includes(want) : want.test(screen))),
      `the screen to say ${wanted.join(' and ')}`,
    );
  }

  async until(met: (screen: string) => boolean, what: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!met(this.tty.text())) {
      if (performance.now() > end)
        throw new Error(`waited in vain for ${what}; the screen is:\n${this.tty.text()}`);
      await setTimeout(5);
    }
  }

  /** Waits until the terminal has painted all that was asked for. */
  async settled(): Promise<void> {
    let before = -1;
    while (before !== this.tty.display.written.length) {
      before = this.tty.display.written.length;
      await setTimeout(40);
    }
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.tty.display.resize(columns, rows);
    await this.settled();
  }

  async close(): Promise<void> {
    this.#terminal.close();
    await this.model.close();
  }
}

/** A sample capture of the repository. */
export function sample(name: string): string {
  return new URL(`../../captures/${name}/capture.pcapng`, import.meta.url).pathname;
}
