import { existsSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ReadStream } from 'node:tty';
import type { KeyBindings } from '../dashboard/keymap.ts';
import type { DashboardModel, FileError } from '../dashboard/model/contract.ts';
import type { Terminal } from '../dashboard/terminal/terminal.ts';
import { safeLine } from '../report/format/safe-text.ts';
import { PLAIN } from '../report/format/style.ts';
import { outputStyle } from './colour.ts';
import type { CommandOptions } from './command.ts';
import { CONFIG_FILE } from './config/config-file.ts';
import { EXIT } from './failure.ts';

/** Whether there is a terminal to paint on; its keys are another question. */
export function canPaint(): boolean {
  return process.stdout.isTTY === true && process.env.TERM !== 'dumb';
}

/** The keys, where the capture comes through standard input. Undefined for a process without a terminal. */
export function controllingTerminal(): ReadStream | undefined {
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return undefined;
  }
}

/** What the dashboard shows, and where its keys come from. */
export interface Shown {
  readonly model: DashboardModel;
  /** For the header and the window's title: the files, or the interface. */
  readonly names: readonly string[];
  /** Standard input carries the capture: keys come from the controlling terminal. */
  readonly inputIsTaken: boolean;
  /** Messages that are shown to begin with, as `-Y` says it; empty: all. */
  readonly filter?: string;
}

/**
 * The dashboard until the user leaves it, a signal ends it or the model breaks; then the model is closed, what could
 * not be read is said on standard error, and the exit code is set.
 */
export async function showDashboard(
  { model, names, inputIsTaken, filter = '' }: Shown,
  options: CommandOptions,
): Promise<void> {
  const keys = await ownKeys().catch(async (error: unknown) => {
    // A configuration that is wrong: the model's thread would keep the process alive.
    await model.close();
    throw error;
  });
  // The model reads while the screen is being loaded and set up.
  const [{ Screen }, { Keymap }, { createTheme }, { openTerminal }] = await Promise.all([
    import('../dashboard/screen.ts'),
    import('../dashboard/keymap.ts'),
    import('../dashboard/theme.ts'),
    import('../dashboard/terminal/blessed-terminal.ts'),
  ]);
  const coloured = outputStyle(options) !== PLAIN;
  const input = (inputIsTaken ? controllingTerminal() : undefined) ?? process.stdin;
  let terminal: Terminal | undefined;
  let crashed = false;
  const crash = (error: unknown) => {
    if (crashed) {
      terminal?.close();
      process.exit(EXIT_CRASH);
    }
    crashed = true;
    // Not at once: when its screen is gone, blessed's own handler, whose turn is next, ends the process.
    setImmediate(() => {
      terminal?.close();
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      // What a live capture has in hand is still written into its ring.
      void Promise.race([model.close(), setTimeout(CLOSING_MS)]).finally(() => process.exit(EXIT_CRASH));
    });
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  const handlers: (readonly [NodeJS.Signals, () => void])[] = [];
  let ending = false;
  const end = await new Promise<End>((leave) => {
    const screen = new Screen({
      paths: names,
      model,
      keymap: new Keymap(keys),
      theme: createTheme(coloured),
      filter,
      leave: (broken) =>
        leave(
          broken === undefined
            ? { code: EXIT.done }
            : { code: EXIT_CRASH, broken: `the analysis broke: ${broken}` },
        ),
    });
    // A terminal that was closed sends no more keys.
    input.once('end', () => leave({ code: EXIT_HANGUP }));
    for (const [signal, code] of SIGNALS) {
      // Kept until the end: blessed ends the process at once when nobody else takes care of a signal. A second one ends it
      // wherever it is.
      handlers.push([
        signal,
        () => {
          if (ending) process.exit(code);
          ending = true;
          leave({ code });
        },
      ]);
    }
    for (const [signal, handler] of handlers) process.on(signal, handler);
    openTerminal(
      {
        input,
        output: process.stdout,
        term: process.env.TERM,
        title: `dvrscope ${names.map((name) => safeLine(name)).join(' ')}`,
        unicode: takesUtf8(process.env),
        coloured,
        mouse: true,
      },
      screen,
    ).then((opened) => {
      terminal = opened;
      screen.start(opened);
    }, crash);
  });
  terminal?.close();
  const errors = await lastErrors(model.progress());
  await model.close();
  input.destroy();
  for (const [signal, handler] of handlers) process.off(signal, handler);
  process.off('uncaughtException', crash);
  process.off('unhandledRejection', crash);
  if (end.broken !== undefined) process.stderr.write(`dvrscope: ${safeLine(end.broken)}\n`);
  for (const { message } of errors) process.stderr.write(`dvrscope: ${safeLine(message)}\n`);
  process.exitCode = errors.length > 0 && end.code === EXIT.done ? EXIT.input : end.code;
}

interface End {
  readonly code: number;
  readonly broken?: string;
}

/** As Node itself ends after an exception that nobody caught. */
const EXIT_CRASH = 1;

/** 128 and the number of SIGHUP, as shells count. */
const EXIT_HANGUP = 129;

const SIGNALS = [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT_HANGUP],
] as const;

/** How long a process that has crashed waits for its model to end. */
const CLOSING_MS = 2000;

/** How long the model is asked what it could not read, once the user has left. */
const PATIENCE_MS = 200;

async function lastErrors(
  progress: Promise<{ readonly errors: readonly FileError[] }>,
): Promise<readonly FileError[]> {
  const answered = progress.then(
    ({ errors }) => errors,
    () => [],
  );
  return Promise.race([answered, setTimeout(PATIENCE_MS, [], { ref: false })]);
}

/** The user's own keys. Reading a configuration costs time to start, so it is left out where there is none. */
async function ownKeys(): Promise<KeyBindings> {
  if (!existsSync(CONFIG_FILE)) return {};
  const { loadConfiguration } = await import('./config/configuration.ts');
  const { config } = await loadConfiguration(undefined);
  return config.keys ?? {};
}

/**
 * Whether the locale takes UTF-8. Where none is set, or only "C", nearly every terminal does; only a locale that names
 * another character set is believed.
 */
function takesUtf8(environment: NodeJS.ProcessEnv): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return locale === undefined || !locale.includes('.') || /utf-?8/i.test(locale);
}
