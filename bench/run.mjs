import { cpus, loadavg } from 'node:os';
import { asGnuTime } from './measure.mjs';
import { parseOptions, USAGE } from './options.mjs';
import {
  benchControl,
  benchFirstOutput,
  benchLarge,
  benchModel,
  benchMonitor,
  benchStartUp,
  judgeAll,
} from './parts.mjs';
import { findProgram, listCandidates } from './peers.mjs';
import { alignColumns } from './table.mjs';

/** @param {ReturnType<typeof parseOptions>} options */
async function run({ runs, parts, candidates: wanted, large, keep }) {
  const candidates = listCandidates().filter(({ name }) => wanted.has(name));
  const gnuTime = asGnuTime(findProgram('time'));
  const print = (/** @type {string} */ text) => console.log(text);
  const say = (/** @type {string} */ text) => console.error(text);
  /** @type {import('./parts.mjs').Bench} */
  const bench = { runs, candidates, gnuTime, print, say, findings: {} };

  const processors = cpus();
  const load = loadavg()[0]?.toFixed(2);
  print(`${processors.length} x ${processors[0]?.model.trim()}, load ${load}, Node ${process.version}`);
  print(
    `medians of ${runs} runs in turn, page cache warm; peak memory ${gnuTime ? 'by GNU time' : 'by VmHWM'}\n`,
  );
  print(
    alignColumns(
      candidates.map(({ name, does, version, missing }) => [name, missing ?? version, does]),
      'left',
    ),
  );

  if (parts.has('monitor')) await benchMonitor(bench);
  if (large) await benchLarge(bench, keep);
  if (parts.has('control')) await benchControl(bench);
  if (parts.has('start-up')) await benchStartUp(bench);
  if (parts.has('first-output')) await benchFirstOutput(bench);
  if (parts.has('dashboard')) await benchModel(bench);

  print('\ntargets\n');
  print(
    alignColumns(
      judgeAll(bench.findings).map(({ target, verdict, measured }) => [target, verdict, measured]),
      'left',
    ),
  );
}

/** @param {readonly string[]} argv */
function readOptions(argv) {
  try {
    return parseOptions(argv);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

const options = readOptions(process.argv.slice(2));
if (options.help) console.log(USAGE);
else await run(options);
