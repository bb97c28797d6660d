import type { EngineName, LiveOptions, LiveProblem } from './engine.ts';
import { type ChildEngine, type EnginePlaces, probeCommand } from './engine-commands.ts';
import { EngineProcess } from './engine-process.ts';
import { explainDeath } from './engine-words.ts';
import { isInterfaceName, isPipe } from './interface-state.ts';
import { problemOf, wordDeath } from './problem.ts';

/**
 * The order in which engines are tried. tcpdump comes first where it may capture, which without root it seldom may: it
 * alone tells what the kernel drops while it runs, and counts nanoseconds. dumpcap tells at its end, and is the one that
 * users without root are given. cap tells nothing.
 */
export const ENGINE_ORDER: readonly ChildEngine[] = ['tcpdump', 'dumpcap', 'cap'];

export type EngineChoice =
  | { readonly engine: EngineName }
  /** Why none can be used: of the engine asked for, or of the one that came nearest. */
  | { readonly problem: LiveProblem };

/** The engine for these interfaces: the one asked for, or the first that is there and permitted to open the first of them. */
export async function chooseEngine(
  wish: EngineName | undefined,
  options: LiveOptions,
  places: EnginePlaces,
): Promise<EngineChoice> {
  const [first, ...others] = options.interfaces.filter((name) => !isPipe(name));
  if (first === undefined) return { engine: 'pipe' };
  const unfit = [first, ...others].find((name) => !isInterfaceName(name));
  const named = { interface: unfit ?? first, engine: wish ?? ENGINE_ORDER[0] ?? 'tcpdump' };
  if (unfit !== undefined) return { problem: problemOf('no-such-interface', named, '') };
  if (/\p{Cc}/u.test(options.filter ?? ''))
    return { problem: problemOf('bad-filter', named, 'a control character') };
  if (wish === 'pipe') return { problem: problemOf('unsupported', named, 'reads - or a FIFO') };
  let nearest: LiveProblem | undefined;
  for (const engine of wish === undefined ? ENGINE_ORDER : [wish]) {
    if (engine === 'cap' && !options.promiscuous) {
      nearest ??= problemOf('unsupported', { ...named, engine }, 'cap is always promiscuous');
      continue;
    }
    const problem = await probeEngine(engine, first, places);
    if (problem === undefined) return { engine };
    if (nearest === undefined || nearest.code === 'engine-missing') nearest = problem;
    // No other engine will find an interface that is not there, or down.
    if (problem.code === 'no-such-interface' || problem.code === 'interface-down') break;
  }
  return { problem: nearest ?? problemOf('engine-missing', named, '') };
}

/** Whether an engine is there and may open an interface; undefined when it may. */
export async function probeEngine(
  engine: ChildEngine,
  name: string,
  places: EnginePlaces,
): Promise<LiveProblem | undefined> {
  const place = { interface: name, engine };
  const child = new EngineProcess(engine, probeCommand(engine, name, places), () => undefined);
  const rest = Buffer.allocUnsafe(4096);
  while ((await child.source.read(rest, 0).catch(() => 0)) > 0);
  await child.gone();
  if (child.missing !== undefined) return problemOf('engine-missing', place, child.missing);
  if (child.exit === '') return undefined;
  const { code, words } = explainDeath(child.words.lines);
  return problemOf(code, place, wordDeath(words, child.exit));
}
