import { parseArgs } from 'node:util';

const PARTS = ['monitor', 'control', 'start-up', 'first-output', 'dashboard'];
const CANDIDATES = ['dvrscope', 'check', 'cat', 'tcpdump', 'tcpflow', 'tshark', 'pcap-parser'];

export const USAGE = `npm run bench -- [--runs N] [--only NAME,…] [--large] [--keep]

  --runs N       runs of each candidate (5)
  --only NAME,…  only these parts (${PARTS.join(', ')})
                 and only these candidates (${CANDIDATES.join(', ')})
  --large        the 4 GB capture too, for dvrscope, cat and tcpdump; it is removed afterwards
  --keep         leave the 4 GB capture for the next time, as the others are anyway`;

/**
 * @param {readonly string[]} argv without program and script
 * @throws {Error} one of Node's or ours, whose message tells the user what is wrong
 */
export function parseOptions(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      runs: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      large: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 1000) throw new Error(`--runs ${values.runs}: 1 to 1000`);
  const names = values.only.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !PARTS.includes(name) && !CANDIDATES.includes(name));
  if (unknown !== undefined)
    throw new Error(`--only ${unknown}: one of ${[...PARTS, ...CANDIDATES].join(', ')}`);
  const parts = PARTS.filter((name) => names.includes(name));
  const candidates = CANDIDATES.filter((name) => names.includes(name));
  return {
    runs,
    large: values.large,
    keep: values.keep,
    help: values.help,
    parts: new Set(parts.length > 0 ? parts : PARTS),
    candidates: new Set(candidates.length > 0 ? candidates : CANDIDATES),
  };
}
