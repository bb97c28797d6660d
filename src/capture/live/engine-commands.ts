import { captureFilter } from './capture-filter.ts';
import type { EngineName, LiveOptions } from './engine.ts';
import { interfaceState } from './interface-state.ts';
import { BLOCK_SECONDS } from './limits.ts';

/** What the engines need from outside. */
export interface EnginePlaces {
  /** The Node that runs us, and our script that captures with the package `cap` (src/cli/cap-process.ts). */
  readonly node: string;
  readonly capProcess: string;
  /** Where something may lie for a moment. */
  readonly temporaryFolder: string;
}

/** An engine that is a child process. */
export type ChildEngine = Exclude<EngineName, 'pipe'>;

/** A program and its arguments: nothing that a shell reads. */
export interface EngineCommand {
  readonly program: string;
  readonly parameters: readonly string[];
  /** The line on standard error that says that packets are being captured. */
  readonly ready: RegExp;
  /** What it must be left running for after the last packet that is wanted. */
  readonly blockSeconds: number;
  /** It does not notice when its standard input ends (watched-command.ts). */
  readonly watched: boolean;
}

/** What one engine must be told; a filter of the user's stands where no program looks for options. */
export function engineCommand(
  engine: ChildEngine,
  name: string,
  options: LiveOptions,
  places: EnginePlaces,
): EngineCommand {
  const filter = options.filter ?? captureFilter(options.ports, interfaceState(name).ethernet);
  const snapLength = String(options.snapLength);
  const cautious = options.promiscuous ? [] : ['-p'];
  const blockSeconds = BLOCK_SECONDS[engine];
  switch (engine) {
    case 'dumpcap': {
      const taken = ['-q', '-i', name, '-f', filter, '-s', snapLength, ...cautious];
      const parameters = [...taken, '-B', String(options.bufferMiB), '-w', '-'];
      return { program: 'dumpcap', parameters, ready: /^File: /, blockSeconds, watched: true };
    }
    case 'tcpdump': {
      // -U: each packet is written at once, or a quiet line's last message would wait in tcpdump for the next one.
      const taken = ['-n', '-U', '-i', name, '-s', snapLength, ...cautious];
      const buffer = ['-B', String(options.bufferMiB * 1024), '--time-stamp-precision=nano'];
      const parameters = [...taken, ...buffer, '-w', '-', '--', filter];
      return { program: 'tcpdump', parameters, ready: /listening on /, blockSeconds, watched: true };
    }
    case 'cap': {
      const bytes = String(options.bufferMiB * 1024 * 1024);
      const parameters = [places.capProcess, 'capture', name, filter, bytes, snapLength];
      return { program: places.node, parameters, ready: /^listening on /, blockSeconds, watched: false };
    }
  }
}

/** Opens the interface as a capture would, and ends: whether that is permitted. */
export function probeCommand(engine: ChildEngine, name: string, places: EnginePlaces): EngineCommand {
  const told = { ready: /(?:)/, blockSeconds: 0, watched: false };
  if (engine === 'cap')
    return { program: places.node, parameters: [places.capProcess, 'probe', name], ...told };
  return { program: engine, parameters: ['-i', name, '-L'], ...told };
}
