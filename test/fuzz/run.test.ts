import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attempt } from './attempt.ts';
import { Results } from './results.ts';
import { SavedInputs } from './saved-inputs.ts';

const ONE = Buffer.from('one');
const TWO = Buffer.from('two');
const THREE = Buffer.from('three');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-saved-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

function texts(saved: SavedInputs): readonly string[] {
  return saved.read().map(String).sort();
}

describe('inputs that guidance keeps', () => {
  it('are there in the next run, and gone once they are no longer kept', () => {
    const first = new SavedInputs(folder, 'body');
    expect(first.read()).toEqual([]);
    first.write([ONE, TWO]);
    const second = new SavedInputs(folder, 'body');
    expect(texts(second)).toEqual(['one', 'two']);
    second.write([THREE, TWO]);
    expect(texts(second)).toEqual(['three', 'two']);
    expect(texts(new SavedInputs(folder, 'body'))).toEqual(['three', 'two']);
    expect(texts(new SavedInputs(folder, 'filter'))).toEqual([]);
  });

  it('leave files of others alone', () => {
    new SavedInputs(folder, 'body').write([ONE]);
    writeFileSync(join(folder, 'body', 'notes.txt'), 'mine');
    const saved = new SavedInputs(folder, 'body');
    saved.write([]);
    expect(readdirSync(join(folder, 'body'))).toEqual(['notes.txt']);
  });
});

describe('results of a run', () => {
  it('add up over the threads that one run needs', () => {
    const results = new Results(folder);
    results.begin();
    results.count('body', { tried: 10, places: 5, kept: 2, digest: '' });
    results.count('body', { tried: 30, places: 7, kept: 3, digest: '' });
    results.begin();
    results.count('body', { tried: 4, places: 8, kept: 4, digest: '' });
    results.count('filter', { tried: 1, places: 0, kept: 0, digest: 'abc' });
    expect(results.tried).toBe(35);
    expect([...results.lines(false)]).toEqual([
      'body                 34 inputs, 8 places reached, 4 kept',
      'filter                1 inputs',
    ]);
    expect([...results.lines(true)][1]).toBe('filter                1 inputs, digest abc');
  });

  it('tell of each kind of failure once, and keep what made it', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const cases = join(folder, 'cases');
    const results = new Results(cases);
    const failure = { target: 'body', text: 'offset 7', signature: 'body x offset #' };
    results.failed(failure, ONE, 100);
    results.failed({ ...failure, text: 'offset 9' }, TWO, 100);
    expect(results.failures).toBe(1);
    expect(results.signatures).toEqual(['body x offset #']);
    const [name = ''] = readdirSync(cases);
    expect(readdirSync(cases)).toHaveLength(1);
    expect(name).toMatch(/^body\.[0-9a-f]{8}\.bin$/);
    expect(readFileSync(join(cases, name))).toEqual(ONE);
    expect(log.mock.calls.flat().join('\n')).toContain('3 of 100 bytes');
  });
});

describe('a thread that fuzzes', () => {
  const JOB = {
    root: '',
    seed: 1,
    seconds: 1,
    inputs: 0,
    places: 0,
    corpus: undefined,
    targets: ['body', 'filter'],
    withSeeds: true,
  };
  /** As Blackboard lays it out: how many, which target, how long, and the bytes. */
  const TRIES = `
    import { parentPort, workerData } from 'node:worker_threads';
    const numbers = new Int32Array(workerData.board, 0, 3);
    new Uint8Array(workerData.board, 12).set([1, 2, 3]);
    numbers.set([1, 1, 3]);
    parentPort.postMessage({ kind: 'count', target: 'filter', tried: 5, places: 0, kept: 0, digest: '' });`;

  function thread(text: string): URL {
    const path = join(folder, 'thread.mjs');
    writeFileSync(path, text);
    return pathToFileURL(path);
  }

  it('counts what it tried', async () => {
    const results = new Results(join(folder, 'cases'));
    expect(await new Attempt(thread(TRIES), JOB, results).run()).toBeUndefined();
    expect([results.tried, results.failures]).toEqual([5, 0]);
  });

  it('is told of when it dies, with the input that it had', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const results = new Results(join(folder, 'cases'));
    const dies = thread(`${TRIES} setTimeout(() => { throw new RangeError('no room for 5') }, 1);`);
    expect(await new Attempt(dies, JOB, results).run()).toBe('filter');
    expect([results.tried, results.failures]).toEqual([5, 1]);
    expect(log.mock.calls.flat().join('\n')).toContain('FAILED filter: no room for 5');
    const [name = ''] = readdirSync(join(folder, 'cases'));
    expect([...readFileSync(join(folder, 'cases', name))]).toEqual([1, 2, 3]);
  });
});
