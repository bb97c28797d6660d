import { tmpdir } from 'node:os';
import { afterEach } from 'vitest';
import { Analysis, type AnalysisListener } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import type {
  DashboardModel,
  ListName,
  ModelOptions,
  Progress,
  RowOf,
  View,
} from '../../src/dashboard/model/contract.ts';
import { LocalModel } from '../../src/dashboard/model/local-model.ts';

const open: DashboardModel[] = [];

afterEach(async () => {
  for (const model of open.splice(0)) await model.close();
});

/** A model in this thread, closed when its test is over. */
export function localModel(path: string, options: Partial<ModelOptions> = {}): LocalModel {
  const model = new LocalModel({ paths: [path], temporaryFolder: tmpdir(), ...options });
  open.push(model);
  return model;
}

/** To be closed when its test is over. */
export function keep<M extends DashboardModel>(model: M): M {
  open.push(model);
  return model;
}

/** Resolves when all is read. */
export function loaded(model: DashboardModel): Promise<Progress> {
  return new Promise((resolve, reject) => {
    model.onBroken((message) => reject(new Error(message)));
    model.onChange((progress) => {
      if (progress.state === 'done' || progress.state === 'cancelled') resolve(progress);
    });
  });
}

/** A model that has read the whole file. */
export async function loadedModel(path: string, options: Partial<ModelOptions> = {}): Promise<LocalModel> {
  const model = localModel(path, options);
  await loaded(model);
  return model;
}

/** All rows of a list, asked for in windows as a screen does. */
export async function allRows<L extends ListName>(
  model: DashboardModel,
  list: L,
  view: View = {},
  window = 50,
): Promise<RowOf[L][]> {
  const rows: RowOf[L][] = [];
  for (;;) {
    const answer = await model.rows(list, view, rows.length, window);
    if (answer.error !== undefined) throw new Error(answer.error.message);
    if (answer.searching !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    rows.push(...answer.rows);
    if (answer.rows.length === 0 || rows.length >= answer.total) return rows;
  }
}

/** Runs the plain analysis over a file, without any model. */
export async function analyse(path: string, listener: AnalysisListener): Promise<Analysis> {
  const analysis = new Analysis({}, listener);
  await readCaptures([path], { packet: (packet) => analysis.push(packet), drained: () => undefined });
  analysis.end();
  return analysis;
}
