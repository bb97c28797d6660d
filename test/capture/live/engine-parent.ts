import { tmpdir } from 'node:os';
import { DVRIP_PORTS } from '../../../src/analysis/analysis.ts';
import { ENGINE_NAMES } from '../../../src/capture/live/engine.ts';
import { startLive } from '../../../src/capture/live/start-live.ts';

/** A process that captures until somebody ends it: `engine-parent ENGINE INTERFACE CAP-PROCESS`. */
const [, , wanted, name = '', capProcess = ''] = process.argv;
const engine = ENGINE_NAMES.find((one) => one === wanted) ?? 'tcpdump';
const options = {
  interfaces: [name],
  ports: DVRIP_PORTS,
  bufferMiB: 8,
  snapLength: 262_144,
  promiscuous: true,
};
const capture = startLive(
  engine,
  options,
  { node: process.execPath, capProcess, temporaryFolder: tmpdir() },
  {
    packet: () => undefined,
    drained: () => undefined,
    event: ({ kind }) => process.stdout.write(`${kind}\n`),
  },
);
process.once('SIGTERM', () => capture.stop());
