import { InvalidArgumentError } from 'commander';
import type { EngineName } from '../../capture/live/engine.ts';
import type { CommandOptions } from '../command.ts';

/** What the options of capturing come to; `live` and `check --live` have them. */
export interface LiveCommandOptions extends CommandOptions {
  readonly interface?: readonly string[];
  readonly listInterfaces?: boolean;
  readonly captureFilter?: string;
  readonly allPorts?: boolean;
  readonly bufferSize?: number;
  readonly snapshotLength?: number;
  /** False with `-p`. */
  readonly promiscuousMode?: boolean;
  readonly engine?: EngineName;
  readonly autostop?: Autostop;
  readonly ringBuffer?: RingWishes;
  readonly write?: string;
  readonly maxMemory?: number;
  readonly lines?: boolean;
  /** Seconds between statistics. */
  readonly statisticsInterval?: number;
}

/** `-a`, tshark's words: when to stop. */
export interface Autostop {
  readonly duration?: number;
  readonly filesize?: number;
  readonly files?: number;
  readonly packets?: number;
}

/** `-b`, tshark's words: when the next file begins, and how many there may be. */
export interface RingWishes extends Autostop {
  readonly interval?: number;
}

const AUTOSTOP = ['duration', 'filesize', 'files', 'packets'] as const;
const RING = [...AUTOSTOP, 'interval'] as const;

export function autostop(text: string, before: Autostop | undefined): Autostop {
  return { ...before, ...condition(text, AUTOSTOP) };
}

export function ringBuffer(text: string, before: RingWishes | undefined): RingWishes {
  return { ...before, ...condition(text, RING) };
}

function condition(text: string, words: readonly string[]): Readonly<Record<string, number>> {
  const [word = '', number = ''] = text.split(':', 2);
  const value = Number(number);
  if (!words.includes(word) || !/^\d+(\.\d+)?$/.test(number) || !(value > 0) || value > 1e12) {
    throw new InvalidArgumentError(
      `It must be one of ${words.join(', ')}, a colon and a number: ${words[0]}:60.`,
    );
  }
  if (word !== 'duration' && !Number.isInteger(value)) {
    throw new InvalidArgumentError(`The number of ${word} must be whole.`);
  }
  return { [word]: value };
}
