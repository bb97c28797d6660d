import { DVRIP_PORTS } from '../../analysis/analysis.ts';
import { chooseEngine } from '../../capture/live/choose-engine.ts';
import {
  DEFAULT_CAPTURE,
  type EngineLimits,
  type EngineName,
  type LiveOptions,
} from '../../capture/live/engine.ts';
import { ENGINE_PLACES } from '../engine-places.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import type { LiveCommandOptions } from './live-options.ts';

/** What the command line says of capturing, as the engines take it. @throws Failure where it makes no sense */
export function captureOptions(options: LiveCommandOptions, { live, capture }: EngineLimits): LiveOptions {
  const { interface: interfaces = [], readFile, captureFilter, allPorts, autostop } = options;
  if (readFile !== undefined) throw usageError('live reads no files; leave -r out, or `live` itself');
  if (interfaces.length === 0) {
    throw usageError(
      'live needs an interface: -i NAME (dvrscope interfaces lists them; - is standard input)',
    );
  }
  if (new Set(interfaces).size < interfaces.length) throw usageError('-i names an interface twice');
  if (allPorts === true && captureFilter !== undefined) {
    throw usageError('--all-ports and -f exclude each other: a filter says what is captured');
  }
  const packets = [options.count, autostop?.packets].filter((count) => count !== undefined);
  return {
    interfaces,
    limits: { live, capture },
    ...(captureFilter !== undefined && { filter: captureFilter }),
    ...(allPorts === true && { filter: '' }),
    ports: [...DVRIP_PORTS, ...(options.decodeAs ?? [])],
    bufferMiB: options.bufferSize ?? DEFAULT_CAPTURE.bufferMiB,
    snapLength: options.snapshotLength ?? DEFAULT_CAPTURE.snapLength,
    promiscuous: options.promiscuousMode ?? DEFAULT_CAPTURE.promiscuous,
    ...(packets.length > 0 && { maxPackets: Math.min(...packets) }),
  };
}

/** The engine that is to capture. @throws Failure where none can */
export async function engineFor(wish: EngineName | undefined, options: LiveOptions): Promise<EngineName> {
  const choice = await chooseEngine(wish, options, ENGINE_PLACES);
  if ('engine' in choice) return choice.engine;
  const { code, message } = choice.problem;
  throw new Failure(code === 'bad-filter' ? EXIT.usage : EXIT.input, message);
}
