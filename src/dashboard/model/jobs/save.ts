import { PcapngWriter } from '../../../capture/pcapng-writer.ts';
import { ladderSvg } from '../../../report/ladder/ladder-svg.ts';
import type { Session } from '../../../session/session.ts';
import type { ModelOptions, Outcome, SaveRequest } from '../contract.ts';
import { LadderFlows, ladderStart, rungAt } from '../detail/ladder-window.ts';
import type { Recorder } from '../index/recorder.ts';
import type { ModelLists } from '../lists/model-lists.ts';
import { modelRunLimits } from '../run-limits.ts';
import type { Again } from './again.ts';
import type { Job } from './job.ts';
import { writeMessages } from './message-files.ts';
import { codeOf, OutputFile } from './output-file.ts';
import { type Chosen, chooseMessages } from './selection.ts';

/** What saving needs of the model. */
export interface SaveSources {
  readonly options: ModelOptions;
  readonly recorder: Recorder;
  readonly lists: ModelLists;
  readonly session: (number: number) => Session | undefined;
  readonly again: Again;
}

/** What came into the file, or why nothing did. */
type Written =
  | { readonly items: number; readonly notes: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };

/** Writes a file. What goes wrong is an outcome; a file that is not finished is not there. */
export async function save(sources: SaveSources, job: Job, request: SaveRequest): Promise<Outcome> {
  const chosen = chooseMessages(sources, request.what);
  if ('kind' in chosen) return chosen;
  const file = OutputFile.open(request.path, request.force === true, sources.again.inputs());
  if ('kind' in file) return file;
  const written = await write(sources, job, request, chosen, file).catch((error: unknown): Written => {
    // The disk is full, or gone; anything else is our own mistake.
    if (codeOf(error) === '') throw error;
    return { kind: 'refused', message: `${request.path}: cannot be written${codeOf(error)}` };
  });
  if ('kind' in written || job.cancelled) {
    file.abandon();
    return 'kind' in written ? written : { kind: 'cancelled' };
  }
  const failure = file.finish();
  if (failure !== undefined) return failure;
  return { kind: 'done', files: [file.path], bytes: file.bytes, items: written.items, notes: written.notes };
}

function write(
  sources: SaveSources,
  job: Job,
  request: SaveRequest,
  chosen: Chosen,
  file: OutputFile,
): Promise<Written> {
  switch (request.format) {
    case 'pcapng':
      return writePackets(sources, job, request, chosen, file);
    case 'ndjson':
    case 'text':
      return writeMessages(sources, job, request.format, chosen, file);
    case 'svg':
      return writeLadder(sources, job, request, file);
    default:
      return assertNever(request.format);
  }
}

async function writePackets(
  sources: SaveSources,
  job: Job,
  { what }: SaveRequest,
  chosen: Chosen,
  file: OutputFile,
): Promise<Written> {
  const writer = new PcapngWriter('dvrscope', (bytes) => file.write(bytes));
  const read = await sources.again.packets(sources, job, what, chosen, (packet) => writer.packet(packet));
  if ('kind' in read) return read;
  writer.end();
  return { items: writer.packets, notes: read.notes };
}

/** The ladder of one session, as `sessions --ladder N --svg` draws it. */
async function writeLadder(
  { options, recorder, lists }: SaveSources,
  job: Job,
  { what }: SaveRequest,
  file: OutputFile,
): Promise<Written> {
  const [session, ...others] = what.what === 'sessions' ? what.numbers : [];
  if (session === undefined || others.length > 0) {
    return { kind: 'refused', message: 'a ladder is of one session: choose one' };
  }
  const { memory } = recorder;
  const list = lists.growing('messages', { scope: { of: 'session', session }, fold: true });
  if ('kind' in list) return { kind: 'refused', message: list.message };
  while (list.advance()) if (!(await job.breathe())) return { kind: 'cancelled' };
  const start = ladderStart(list, memory);
  const drawn = Math.min(list.total, modelRunLimits(options.limits).ladder.rungs);
  const rungs = Array.from({ length: drawn }, (_, place) => rungAt(list, place, memory, start));
  const flows = new LadderFlows(session).of(list, memory);
  const lines = ladderSvg({ session, flows, rungs, left: list.total - drawn });
  file.text(`${lines.join('\n')}\n`);
  return { items: drawn, notes: [] };
}

function assertNever(format: never): never {
  throw new Error(`no format is called ${JSON.stringify(format)}`);
}
