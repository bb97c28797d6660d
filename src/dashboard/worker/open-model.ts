import { Worker } from 'node:worker_threads';
import type { Completions } from '../../filter/completions.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
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
} from '../model/contract.ts';
import type { Call, FromWorker, Order } from './protocol.ts';

/** As built: beside this module, in dist as in the bundle. */
const WORKER_FILE = new URL('./model-worker.js', import.meta.url);

/**
 * V8 lets young objects of a thread grow to 48 MB before it looks at them, and with them the buffers of everything that was read from an
 * engine meanwhile. In a live capture, which has a ceiling, it looks often; measured, that takes 20 MB less and no more time.
 */
const YOUNG_MIB = 3;

/** Makes a model in a thread of its own, which begins to read at once. `close` ends the thread. */
export function openModel(options: ModelOptions, workerFile: URL = WORKER_FILE): DashboardModel {
  const resourceLimits = options.live === undefined ? {} : { maxYoungGenerationSizeMb: YOUNG_MIB };
  return new WorkerModel(
    new Worker(workerFile, { workerData: options, name: 'dvrscope model', resourceLimits }),
  );
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

class WorkerModel implements DashboardModel {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #broken: string | undefined = undefined;
  #closing = false;
  #onChange: (progress: Progress) => void = () => undefined;
  #onJob: (progress: JobProgress) => void = () => undefined;
  #onBroken: (message: string) => void = () => undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (error) => this.#break(error instanceof Error ? error.message : String(error)));
    worker.on('messageerror', (error) => this.#break(error.message));
    worker.on('exit', (code) => this.#break(`its thread has ended (${code})`));
  }

  onChange(listener: (progress: Progress) => void): void {
    this.#onChange = listener;
  }

  onJob(listener: (progress: JobProgress) => void): void {
    this.#onJob = listener;
  }

  onBroken(listener: (message: string) => void): void {
    this.#onBroken = listener;
    if (this.#broken !== undefined) listener(this.#broken);
  }

  progress(): Promise<Progress> {
    return this.#ask({ call: 'progress' });
  }

  rows<L extends ListName>(list: L, view: View, start: number, count: number): Promise<Rows<RowOf[L]>> {
    return this.#ask({ call: 'rows', list, view, start, count });
  }

  kinds(scope: Scope): Promise<readonly MessageKind[]> {
    return this.#ask({ call: 'kinds', scope });
  }

  position(list: ListName, view: View, number: number): Promise<number | undefined> {
    return this.#ask({ call: 'position', list, view, number });
  }

  session(number: number): Promise<SessionRecord | undefined> {
    return this.#ask({ call: 'session', number });
  }

  message(number: number): Promise<MessageDetail | undefined> {
    return this.#ask({ call: 'message', number });
  }

  messageBytes(number: number): Promise<MessageBytes | undefined> {
    return this.#ask({ call: 'messageBytes', number });
  }

  ladder(session: number, start: number, count: number): Promise<LadderWindow> {
    return this.#ask({ call: 'ladder', session, start, count });
  }

  stream(number: number): Promise<StreamDetail | undefined> {
    return this.#ask({ call: 'stream', number });
  }

  find(query: FindQuery): Promise<Found | undefined> {
    return this.#ask({ call: 'find', query });
  }

  completions(filter: string, column: number): Promise<Completions> {
    return this.#ask({ call: 'completions', filter, column });
  }

  checkFilter(filter: string): Promise<FilterCheck> {
    return this.#ask({ call: 'checkFilter', filter });
  }

  compare(pair: Comparison): Promise<Compared | undefined> {
    return this.#ask({ call: 'compare', pair });
  }

  save(request: SaveRequest): Promise<Outcome> {
    return this.#ask({ call: 'save', request });
  }

  extract(request: ExtractRequest): Promise<Outcome> {
    return this.#ask({ call: 'extract', request });
  }

  cancelLoading(): void {
    this.#order({ order: 'cancelLoading' });
  }

  cancelJob(): void {
    this.#order({ order: 'cancelJob' });
  }

  pause(paused: boolean): void {
    this.#order({ order: 'pause', paused });
  }

  clear(): void {
    this.#order({ order: 'clear' });
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    if (this.#broken === undefined) await this.#ask({ call: 'close' }).catch(() => undefined);
    await this.#worker.terminate();
  }

  /** The worker answers each call with what the model's method of that name answers: see `answer` in model-worker.ts. */
  #ask<T>(ask: Call): Promise<T> {
    if (this.#broken !== undefined) return Promise.reject(new Error(this.#broken));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
      this.#worker.postMessage({ id, ask });
    });
  }

  #order(order: Order): void {
    this.#worker.postMessage(order);
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'change':
        this.#onChange(message.progress);
        break;
      case 'job':
        this.#onJob(message.progress);
        break;
      case 'broken':
        this.#break(message.message);
        break;
      case 'answer':
      case 'failure': {
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.kind === 'answer') waiting?.resolve(message.value);
        else waiting?.reject(new Error(message.message));
        break;
      }
      default:
        assertNever(message);
    }
  }

  #break(message: string): void {
    if (this.#broken !== undefined) return;
    this.#broken = message;
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
    if (!this.#closing) this.#onBroken(message);
  }
}

function assertNever(message: never): never {
  throw new Error(`not a message of the model: ${JSON.stringify(message)}`);
}
