import { parentPort, workerData } from 'node:worker_threads';
import type { DashboardModel, ModelOptions } from '../model/contract.ts';
import { LocalModel } from '../model/local-model.ts';
import { collectGarbage, keepHeapsSmall, memoryOfThread } from './memory-taken.ts';
import type { Call, FromWorker, Order, ToWorker } from './protocol.ts';

/** The model's thread: begins to read at once, answers what it is asked, and says when something is new. */
function serve(port: NonNullable<typeof parentPort>, options: ModelOptions): void {
  // Not before this thread is there: V8 sets it back for each new one.
  if (options.live !== undefined) keepHeapsSmall();
  const send = (message: FromWorker): void => port.postMessage(message);
  const model = new LocalModel(options, { held: memoryOfThread, collect: collectGarbage });
  model.onChange((progress) => send({ kind: 'change', progress }));
  model.onJob((progress) => send({ kind: 'job', progress }));
  model.onBroken((message) => send({ kind: 'broken', message }));
  port.on('message', (message: ToWorker) => {
    if ('order' in message) {
      obey(model, message);
      return;
    }
    const { id, ask } = message;
    answer(model, ask).then(
      (value) => send({ kind: 'answer', id, value }),
      (error: unknown) => {
        send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) });
      },
    );
  });
}

function obey(model: DashboardModel, order: Order): void {
  switch (order.order) {
    case 'cancelLoading':
      model.cancelLoading();
      break;
    case 'cancelJob':
      model.cancelJob();
      break;
    case 'pause':
      model.pause(order.paused);
      break;
    case 'clear':
      model.clear();
      break;
    default:
      assertNever(order);
  }
}

async function answer(model: DashboardModel, ask: Call): Promise<unknown> {
  switch (ask.call) {
    case 'progress':
      return model.progress();
    case 'rows':
      return model.rows(ask.list, ask.view, ask.start, ask.count);
    case 'kinds':
      return model.kinds(ask.scope);
    case 'position':
      return model.position(ask.list, ask.view, ask.number);
    case 'session':
      return model.session(ask.number);
    case 'message':
      return model.message(ask.number);
    case 'messageBytes':
      return model.messageBytes(ask.number);
    case 'ladder':
      return model.ladder(ask.session, ask.start, ask.count);
    case 'stream':
      return model.stream(ask.number);
    case 'find':
      return model.find(ask.query);
    case 'completions':
      return model.completions(ask.filter, ask.column);
    case 'checkFilter':
      return model.checkFilter(ask.filter);
    case 'compare':
      return model.compare(ask.pair);
    case 'save':
      return model.save(ask.request);
    case 'extract':
      return model.extract(ask.request);
    case 'close':
      return model.close();
    default:
      return assertNever(ask);
  }
}

function assertNever(message: never): never {
  throw new Error(`not a call: ${JSON.stringify(message)}`);
}

// The one file of the model that runs by being loaded: openModel makes a thread of it.
if (parentPort !== null) serve(parentPort, workerData as ModelOptions);
