import { Analysis, DVRIP_PORTS } from '../dist/src/analysis/analysis.js';
import { DEFAULT_CAPTURE } from '../dist/src/capture/live/engine.js';
import { startLive } from '../dist/src/capture/live/start-live.js';
import { ENGINE_PLACES } from '../dist/src/cli/engine-places.js';

/**
 * What `dvrscope live` does with packets, without showing anything: captures, reassembles, decodes and validates, until
 * its standard input ends. Prints «ready» when packets are being captured, and at the end what became of them.
 *
 *     node bench/live-watch.mjs ENGINE INTERFACE
 */
const [, , engine, name] = process.argv;
let messages = 0;
let incomplete = 0;
let gaps = 0;
let flows = 0;
const analysis = new Analysis(
  {},
  {
    message: (message) => {
      messages += 1;
      if (message.missing > 0) incomplete += 1;
    },
    flowEnded: (flow) => {
      flows += 1;
      for (const stream of flow.streams) gaps += stream.gaps;
    },
  },
);
const live = startLive(
  engine,
  { interfaces: [name], ports: DVRIP_PORTS, ...DEFAULT_CAPTURE },
  ENGINE_PLACES,
  {
    packet: (packet) => analysis.push(packet),
    drained: () => undefined,
    event: ({ kind, problem }) =>
      process.stdout.write(kind === 'started' ? 'ready\n' : `${problem?.message}\n`),
  },
);
process.stdin.resume().on('end', () => live.stop());
await live.ended;
analysis.end();
const { received, kernelDropped, ownDropped } = await live.statistics();
const result = { received, kernelDropped, ownDropped, messages, incomplete, gaps, flows };
process.stdout.write(`${JSON.stringify(result)}\n`);
