import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { COMMAND } from '../cli/dvrscope.ts';

/** Whether tests that need tmux are skipped; where tools are required they run, and fail. */
export const withoutTmux =
  spawnSync('tmux', ['-V']).status !== 0 && process.env.DVRSCOPE_REQUIRE_TOOLS !== '1';

const PATIENCE_MS = 20_000;

/** The command, quoted for a shell. */
export const DVRSCOPE = `'${process.execPath}' '${COMMAND}'`;

/** A terminal of tmux with a shell in it. */
export class Tmux {
  readonly #server = `dvrscope-${randomBytes(6).toString('hex')}`;

  constructor(columns: number, rows: number, environment: Readonly<Record<string, string>> = {}) {
    const variables = Object.entries({ LANG: 'C.UTF-8', NO_COLOR: '', ...environment });
    this.#tmux([
      ...['-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows)],
      ...variables.flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      'sh -i',
    ]);
  }

  screen(): string {
    return this.#tmux(['capture-pane', '-p']);
  }

  /** What the screen shows with its escape sequences. */
  dressed(): string {
    return this.#tmux(['capture-pane', '-p', '-e']);
  }

  /** Types a line at the shell. */
  run(line: string): void {
    this.#tmux(['send-keys', '-l', line]);
    this.press('Enter');
  }

  /** Keys by tmux's names, or characters. */
  press(...keys: readonly string[]): void {
    this.#tmux(['send-keys', ...keys]);
  }

  resize(columns: number, rows: number): void {
    this.#tmux(['resize-window', '-x', String(columns), '-y', String(rows)]);
  }

  /** `alternate screen, cursor, mouse`, each 1 or 0. */
  state(): string {
    return this.#tmux(['display-message', '-p', '#{alternate_on} #{cursor_flag} #{mouse_any_flag}']).trim();
  }

  async sees(...wanted: readonly (string | RegExp)[]): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const screen = this.screen();
      if (wanted.every((want) => (typeof want === 'string' ? screen.includes(want) : want.test(screen))))
        return;
      if (performance.now() > end) {
        throw new Error(`waited in vain for ${wanted.join(' and ')}; the screen is:\n${screen}`);
      }
      await setTimeout(30);
    }
  }

  /**
   * Waits until no program holds the terminal: no alternate screen, a cursor, no mouse reports, and the shell in the
   * foreground, since what is typed while a program still ends is its own.
   */
  async isFree(): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    const holder = () => this.#tmux(['display-message', '-p', '#{pane_current_command}']).trim();
    while (this.state() !== '0 1 0' || !/^-?(?:sh|dash|bash)$/.test(holder())) {
      if (performance.now() > end) {
        throw new Error(`${holder()} holds the terminal, which is ${this.state()}:\n${this.screen()}`);
      }
      await setTimeout(30);
    }
  }

  close(): void {
    spawnSync('tmux', ['-L', this.#server, 'kill-server']);
  }

  #tmux(args: readonly string[]): string {
    const { stdout, stderr, status } = spawnSync('tmux', ['-L', this.#server, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`tmux ${args[0] ?? ''}: ${stderr}`);
    return stdout;
  }
}
