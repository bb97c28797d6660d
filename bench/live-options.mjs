import { parseArgs } from 'node:util';

const SUBJECTS = [
  'live',
  'dashboard',
  'no-ring',
  'tcpdump',
  'dumpcap',
  'cap',
  'dumpcap-alone',
  'tcpdump-alone',
  'tcpflow',
  'tshark',
];

export const USAGE = `npm run bench:live -- [--seconds N] [--pps N] [--only NAME,…] [--no-climb]

  --seconds N    how long the first subject and the dashboard are fed (60); the others and each step of the climb take a
                 sixth of it
  --pps N        packets a second (130000)
  --only NAME,…  only these: ${SUBJECTS.join(', ')}
  --no-climb     do not try how far it goes beyond`;

/**
 * @param {readonly string[]} argv without program and script
 * @throws {Error} one of Node's or ours, whose message tells the user what is wrong
 */
export function parseLiveOptions(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '60' },
      pps: { type: 'string', default: '130000' },
      only: { type: 'string', default: '' },
      'no-climb': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const names = values.only.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !SUBJECTS.includes(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: one of ${SUBJECTS.join(', ')}`);
  return {
    seconds: wholeNumber('--seconds', values.seconds),
    pps: wholeNumber('--pps', values.pps),
    subjects: SUBJECTS.filter((name) => names.length === 0 || names.includes(name)),
    climb: !values['no-climb'],
    help: values.help,
  };
}

/** @param {string} option @param {string} text */
function wholeNumber(option, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} ${text}: a whole number from 1`);
  return value;
}
