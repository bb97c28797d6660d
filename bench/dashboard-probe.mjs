/**
 * Plays the screen: asks the dashboard's model, in its thread, what a screen asks, and prints what it measured as JSON lines.
 *
 *   node dashboard-probe.mjs DIST first FILE           `first`, at the first rows; it is killed then
 *   node dashboard-probe.mjs DIST load FILE            `latency` while the file is read, `resident` when it is read
 *   node dashboard-probe.mjs DIST scroll PACKETS FILE… `scroll` over all messages; PACKETS 0 = all
 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const ROWS = 50;
const ASK_EACH_MS = 15;
const SCROLLS = 3000;

const [dist = '', mode, ...rest] = process.argv.slice(2);
const folder = pathToFileURL(`${resolve(dist)}/`);
const { openModel } = await import(new URL('src/dashboard/worker/open-model.js', folder).href);

/** @param {object} line */
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** @param {readonly string[]} paths @param {number} packets */
function open(paths, packets = 0) {
  const options = { paths, temporaryFolder: tmpdir(), ...(packets > 0 && { maxPackets: packets }) };
  return openModel(options, new URL('bundle/cli/model-worker.js', folder));
}

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** @param {readonly number[]} times @param {number} share */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** @param {string} file */
async function first(file) {
  const model = open([file]);
  while ((await model.rows('sessions', {}, 0, ROWS)).total === 0) await pause(1);
  await model.rows('messages', { fold: true }, 0, ROWS);
  print({ first: performance.now() / 1000 });
  await model.close();
}

/** @param {string} file */
async function load(file) {
  const model = open([file]);
  let state = 'reading';
  model.onChange((/** @type {{ state: string }} */ progress) => {
    state = progress.state;
  });
  // How long it takes until there is anything at all is measured by `first`.
  while ((await model.rows('messages', {}, 0, 1)).total === 0) await pause(1);
  const times = [];
  for (let turn = 0; state === 'reading'; turn++) {
    const begin = performance.now();
    await ask(model, turn);
    times.push(performance.now() - begin);
    await pause(ASK_EACH_MS);
  }
  print({
    latency: {
      asked: times.length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      most: Math.max(...times),
    },
  });
  print({
    resident: Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024,
  });
  await model.close();
}

/** What somebody asks who looks around while the file is read. @param {any} model @param {number} turn */
async function ask(model, turn) {
  const far = Math.random();
  switch (turn % 7) {
    case 0:
      return model.rows('sessions', { sortBy: 'messages', descending: true }, 0, ROWS);
    case 1: {
      const { total } = await model.rows('messages', { fold: true }, 0, 1);
      return model.rows('messages', { fold: true }, Math.floor(total * far), ROWS);
    }
    case 2:
      return model.rows('messages', { filter: 'dvrip.ret > 100 or dvrip.length > 9000' }, 0, ROWS);
    case 3:
      return model.rows('messages', { filter: 'dvrip.body contains "OPMonitor"' }, 0, ROWS);
    case 4:
      return model.message(1 + Math.floor(far * 100));
    case 5:
      return model.ladder(1, 0, ROWS);
    default:
      return model.rows('findings', { sortBy: 'severity', descending: true }, 0, ROWS);
  }
}

/** @param {readonly string[]} paths @param {number} packets */
async function scroll(paths, packets) {
  const model = open(paths, packets);
  await new Promise((done) => {
    model.onChange((/** @type {{ state: string }} */ { state }) => {
      if (state === 'done') done(undefined);
    });
  });
  const view = { scope: { of: 'all' }, hiddenIds: [1] };
  let total = 0;
  for (let searching = true; searching; ) {
    const answer = await model.rows('messages', view, 0, ROWS);
    searching = answer.searching !== undefined;
    total = answer.total;
  }
  const times = [];
  for (let turn = 0; turn < SCROLLS; turn++) {
    const begin = performance.now();
    await model.rows('messages', view, Math.floor(Math.random() * Math.max(0, total - ROWS)), ROWS);
    times.push(performance.now() - begin);
  }
  print({ scroll: { messages: total, p50: quantile(times, 0.5), p95: quantile(times, 0.95) } });
  await model.close();
}

const [one = '', ...others] = rest;
if (mode === 'first') await first(one);
else if (mode === 'load') await load(one);
else await scroll(others, Number(one));
