import { setImmediate as turn } from 'node:timers/promises';
import { compileFilter } from '../../filter/compile.ts';
import { type Completions, completions } from '../../filter/completions.ts';
import type { FieldTable } from '../../filter/fields.ts';
import { messageFields } from '../../report/message-fields.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import type { Message } from '../../session/message.ts';
import type {
  Compared,
  Comparison,
  DashboardModel,
  ExtractRequest,
  FilterCheck,
  FindQuery,
  Found,
  JobProgress,
  LadderWindow,
  ListName,
  MessageBytes,
  MessageDetail,
  MessageKind,
  ModelOptions,
  Outcome,
  Progress,
  RowOf,
  Rows,
  SaveRequest,
  Scope,
  StreamDetail,
  View,
} from './contract.ts';
import { compareMessages, compareSessions } from './detail/compare.ts';
import { Ladders } from './detail/ladders.ts';
import { messageDetail } from './detail/message-detail.ts';
import { SchemaMeanings } from './detail/schema-meanings.ts';
import { Recorder } from './index/recorder.ts';
import type { Again } from './jobs/again.ts';
import { CapturesAgain } from './jobs/captures-again.ts';
import { find } from './jobs/find.ts';
import { Job } from './jobs/job.ts';
import { RingAgain } from './jobs/ring-again.ts';
import { save } from './jobs/save.ts';
import { CHANGE_MILLISECONDS, LIVE_CHANGE_MILLISECONDS } from './limits.ts';
import { ModelLists } from './lists/model-lists.ts';
import { LiveCeiling, type ThreadMemory } from './live-ceiling.ts';
import { LiveReading } from './live-reading.ts';
import { progressOf } from './progress.ts';
import { type Input, Reading } from './reading.ts';
import { wholeSession } from './rows/session-row.ts';
import { streamDetail } from './rows/stream-row.ts';
import { type ModelRunLimits, modelRunLimits } from './run-limits.ts';

/** The model in the thread that makes it: it begins to read at once. */
export class LocalModel implements DashboardModel {
  readonly #options: ModelOptions;
  readonly #limits: ModelRunLimits;
  readonly #recorder: Recorder;
  readonly #reading: Input;
  readonly #lists: ModelLists;
  readonly #ladders: Ladders;
  readonly #fields: FieldTable<Message>;
  readonly #meanings = new SchemaMeanings();
  readonly #again: Again;
  readonly #read: Promise<void>;
  #version = 0;
  #timer: NodeJS.Timeout | undefined = undefined;
  #searching = false;
  #closed = false;
  readonly #jobs = new Map<JobProgress['job'], Job>();
  #onChange: (progress: Progress) => void = () => undefined;
  #onJob: (progress: JobProgress) => void = () => undefined;
  #onBroken: (message: string) => void = () => undefined;

  /** `memory`: of this thread, for a live capture to keep below its ceiling. */
  constructor(options: ModelOptions, memory?: ThreadMemory) {
    this.#options = options;
    const limits = modelRunLimits(options.limits);
    this.#limits = limits;
    const { live } = options;
    const analysis = () => this.#reading.analysis;
    const changed = () => this.#changed();
    if (live === undefined) {
      this.#recorder = new Recorder(options, analysis, limits);
      this.#reading = new Reading(options, this.#recorder, changed);
      this.#again = new CapturesAgain(options);
    } else {
      const held = new LiveCeiling(live.ceilingBytes, memory, options.limits);
      const dashboard = { ...limits.dashboard, ...held.records };
      const { rules, conversations } = held.ceiling.limits;
      this.#recorder = new Recorder(options, analysis, { ...limits, dashboard, rules, conversations });
      const reading = new LiveReading(options, live, this.#recorder, held, changed);
      this.#reading = reading;
      this.#again = new RingAgain(options, this.#recorder, reading.ring, live.ceilingBytes);
    }
    const dialect = options.dialect === 'spec' ? 'spec' : 'field';
    this.#fields = messageFields(this.#recorder.origin, {
      dialect,
      showSecrets: options.showSecrets === true,
    });
    this.#lists = new ModelLists(() => this.#reading.analysis, this.#recorder, this.#fields, limits);
    this.#ladders = new Ladders(this.#lists, this.#recorder.memory);
    this.#read = this.#reading
      .run()
      .then(() => this.#tick())
      .catch((error: unknown) => this.#onBroken(reason(error)));
  }

  onChange(listener: (progress: Progress) => void): void {
    this.#onChange = listener;
  }

  onJob(listener: (progress: JobProgress) => void): void {
    this.#onJob = listener;
  }

  onBroken(listener: (message: string) => void): void {
    this.#onBroken = listener;
  }

  async progress(): Promise<Progress> {
    return progressOf(this.#reading, this.#recorder, this.#version);
  }

  async rows<L extends ListName>(list: L, view: View, start: number, count: number): Promise<Rows<RowOf[L]>> {
    const rows = this.#lists.rows(list, view, this.#version, start, count);
    if (rows.searching !== undefined) this.#search();
    return rows;
  }

  async kinds(scope: Scope): Promise<readonly MessageKind[]> {
    return this.#lists.kinds(scope);
  }

  async position(list: ListName, view: View, number: number): Promise<number | undefined> {
    return this.#lists.position(list, view, this.#version, number);
  }

  async session(number: number): Promise<SessionRecord | undefined> {
    const { analysis } = this.#reading;
    const session = analysis.conversations.sessions.get(number);
    return session === undefined ? undefined : wholeSession(analysis, this.#recorder, session);
  }

  async message(number: number): Promise<MessageDetail | undefined> {
    const { messages } = this.#recorder;
    const lost = messages.has(number) ? await this.#again.lost(number) : undefined;
    if (!messages.has(number)) return undefined;
    return messageDetail(this.#recorder, this.#meanings, number, {
      version: this.#version,
      origin: this.#recorder.origin,
      showSecrets: this.#options.showSecrets === true,
      limits: this.#limits.dashboard,
      lost,
    });
  }

  messageBytes(number: number): Promise<MessageBytes | undefined> {
    return this.#run('bytes', (job) => this.#again.bytes(job, number));
  }

  async ladder(session: number, start: number, count: number): Promise<LadderWindow> {
    const most = Math.min(count, this.#limits.dashboard.rows);
    const window = this.#ladders.window(session, this.#version, start, most);
    if (window.searching !== undefined) this.#search();
    return window;
  }

  async stream(number: number): Promise<StreamDetail | undefined> {
    const watch = this.#recorder.streams.get(number);
    return watch === undefined ? undefined : streamDetail(watch, this.#recorder.origin, this.#version);
  }

  find(query: FindQuery): Promise<Found | undefined> {
    const showSecrets = this.#options.showSecrets === true;
    return this.#run('find', (job) => find(this.#lists, this.#recorder.memory, showSecrets, job, query));
  }

  async completions(filter: string, column: number): Promise<Completions> {
    return completions(filter, column, this.#fields);
  }

  async checkFilter(filter: string): Promise<FilterCheck> {
    const compiled = compileFilter(filter, this.#fields, this.#limits.filter);
    return compiled.kind === 'error' ? compiled : { kind: 'filter', fields: compiled.fields };
  }

  async compare(pair: Comparison): Promise<Compared | undefined> {
    const { comparedLines } = this.#limits.dashboard;
    if (pair.of === 'sessions') {
      // One more than is compared, so that what is left out is seen.
      const most = comparedLines + 1;
      const left = this.#ladders.window(pair.left, this.#version, 0, most);
      const right = this.#ladders.window(pair.right, this.#version, 0, most);
      return left.total === 0 || right.total === 0 ? undefined : compareSessions(left, right, comparedLines);
    }
    const [left, right] = [await this.message(pair.left), await this.message(pair.right)];
    return left === undefined || right === undefined
      ? undefined
      : compareMessages(left, right, comparedLines);
  }

  save(request: SaveRequest): Promise<Outcome> {
    const sources = {
      options: this.#options,
      recorder: this.#recorder,
      lists: this.#lists,
      session: (number: number) => this.#reading.analysis.conversations.sessions.get(number),
      again: this.#again,
    };
    return this.#run('save', (job) => save(sources, job, request));
  }

  extract(request: ExtractRequest): Promise<Outcome> {
    return this.#run('extract', (job) => this.#again.extract(job, request));
  }

  cancelLoading(): void {
    this.#reading.cancel();
  }

  cancelJob(): void {
    for (const job of this.#jobs.values()) job.cancel();
  }

  pause(paused: boolean): void {
    this.#reading.pause(paused);
    this.#tick();
  }

  clear(): void {
    this.#recorder.clear();
    this.#lists.clear();
    this.#ladders.clear();
    this.#changed();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reading.kill();
    this.cancelJob();
    await this.#read;
    clearTimeout(this.#timer);
    this.#recorder.close();
  }

  /** One slow call of a kind at a time: the next one ends it. */
  async #run<T>(kind: JobProgress['job'], work: (job: Job) => Promise<T>): Promise<T> {
    this.#jobs.get(kind)?.cancel();
    const job = new Job(kind, (progress) => this.#onJob(progress));
    this.#jobs.set(kind, job);
    try {
      return await work(job);
    } finally {
      // It may have ended long before the end of what it read.
      if (this.#jobs.get(kind) === job) job.reached(1, 1);
    }
  }

  /** There is something new; it is told when the time has come. */
  #changed(): void {
    const frozen = this.#reading.state === 'paused';
    if (this.#timer !== undefined || this.#closed || frozen) return;
    const { live } = this.#options;
    const pause = live === undefined ? CHANGE_MILLISECONDS : LIVE_CHANGE_MILLISECONDS;
    this.#timer = setTimeout(() => this.#tick(), pause);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed) return;
    this.#version += 1;
    this.#onChange(progressOf(this.#reading, this.#recorder, this.#version));
  }

  /** Goes on with the lists that are not searched to their end, as long as there are any. */
  #search(): void {
    if (this.#searching) return;
    this.#searching = true;
    const go = async (): Promise<void> => {
      do {
        await turn();
        this.#changed();
      } while (!this.#closed && this.#lists.search());
      this.#searching = false;
    };
    go().catch((error: unknown) => this.#onBroken(reason(error)));
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
