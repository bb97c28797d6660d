import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Attempt } from './attempt.ts';
import { loadCorpus } from './corpus.ts';
import { writeCountingTree } from './counting-tree.ts';
import { Results } from './results.ts';
import { allTargets } from './targets/all.ts';

const USAGE = `npm run fuzz -- [--seconds N | --inputs N] [--target NAME,…] [--seed N] [--unguided] [--corpus DIR] [--list]

  --seconds N       how long (60)
  --inputs N        this many inputs for each target instead: the same each time
  --target NAME,…   only these; --list names them
  --seed N          begins with the same inputs (1)
  --unguided        does not count what inputs reach
  --corpus DIR      begins with what DIR holds, and keeps there what reached something new`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    inputs: { type: 'string', default: '0' },
    target: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    unguided: { type: 'boolean', default: false },
    corpus: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** The project, seen from test/fuzz/dist/test/fuzz. */
const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const here = join(root, 'test/fuzz');

async function main(): Promise<void> {
  const targets = allTargets(await loadCorpus(root));
  if (values.list) {
    for (const { name, about, seeds } of targets)
      console.log(`${name.padEnd(13)} ${seeds.length} seeds: ${about}`);
    return;
  }
  const asked = values.target.split(',').filter((name) => name !== '');
  const unknown = asked.find((name) => !targets.some((target) => target.name === name));
  const seconds = Number(values.seconds);
  const inputs = Number(values.inputs);
  const seed = Number(values.seed);
  const wrong = wrongIn(seconds, inputs, seed, unknown);
  if (wrong !== undefined) {
    console.error(`${wrong}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const names = targets.map(({ name }) => name).filter((name) => asked.length === 0 || asked.includes(name));
  const compiled = join(here, 'dist');
  const counting = join(compiled, 'counting');
  const places = values.unguided ? 0 : writeCountingTree(compiled, counting);
  const worker = pathToFileURL(join(places > 0 ? counting : compiled, 'test/fuzz/worker.js'));
  const results = new Results(join(here, 'cases'));
  const start = performance.now();
  const corpus = places > 0 ? values.corpus : undefined;
  for (let round = 0, left = names; left.length > 0; round++) {
    const remaining = seconds - (performance.now() - start) / 1000;
    if (inputs === 0 && remaining <= 0) break;
    const job = { root, seed: seed + round, seconds: remaining, inputs, places, corpus };
    const attempt = new Attempt(worker, { ...job, targets: left, withSeeds: round === 0 }, results);
    const lost = await attempt.run();
    // By number, each target has its run once; by time, all go on with the next seed.
    if (inputs > 0) left = lost === undefined ? [] : left.slice(left.indexOf(lost) + 1);
  }
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  for (const line of results.lines(inputs > 0)) console.log(line);
  console.log(
    `${results.tried} inputs in ${minutes} minutes, seed ${seed}${places > 0 ? '' : ', unguided'}; ${results.failures} failures`,
  );
  if (results.failures > 0) process.exitCode = 1;
}

function wrongIn(
  seconds: number,
  inputs: number,
  seed: number,
  unknown: string | undefined,
): string | undefined {
  if (unknown !== undefined) return `no target is called ${unknown}`;
  if (!(seconds > 0)) return '--seconds is no number of seconds';
  if (!Number.isSafeInteger(inputs) || inputs < 0) return '--inputs is no number of inputs';
  if (!Number.isSafeInteger(seed)) return '--seed is no whole number';
  return undefined;
}

if (values.help) console.log(USAGE);
else await main();
