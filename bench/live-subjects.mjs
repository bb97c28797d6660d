import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dvrscope, findProgram, whyNoDvrscope } from './peers.mjs';

/**
 * Something that captures from an interface.
 * @typedef {object} LiveSubject
 * @property {string} name
 * @property {string} does what is run, as a person would type it
 * @property {string | undefined} missing why it cannot run here
 * @property {string} command @property {readonly string[]} args
 * @property {RegExp} ready what it prints when it captures
 * @property {boolean} [endsWithInput] by the end of its standard input; else by SIGINT
 * @property {(said: string) => Outcome} outcome read from all that it printed
 * @property {() => void} [prepare] @property {() => void} [cleanUp]
 */

/**
 * What a subject made of the packets; what it does not tell is absent.
 * @typedef {{ received?: number, dropped?: number, messages?: number, gaps?: number, flows?: number }} Outcome
 */

const WATCH = fileURLToPath(new URL('live-watch.mjs', import.meta.url));
const TCPFLOW_OUTPUT = fileURLToPath(new URL('data/tcpflow-output/', import.meta.url));
/** The port of all that is sent; the others' way to say what our own filter does. */
const FILTER = 'port 34567';

/** @param {string} name of the interface @returns {readonly LiveSubject[]} */
export function listLiveSubjects(name) {
  return [
    liveSubject('live', name, []),
    liveSubject('no-ring', name, ['-w', 'none']),
    ...['tcpdump', 'dumpcap', 'cap'].map((engine) => watchSubject(engine, name)),
    {
      name: 'dumpcap-alone',
      does: 'dumpcap -q -i V -B 128 -w /dev/null',
      ...program('dumpcap', ['-q', '-i', name, '-B', '128', '-f', FILTER, '-w', '/dev/null']),
      ready: /File: /,
      outcome: (said) => {
        const counts = /received\/dropped on interface .*: (\d+)\/(\d+) /.exec(said);
        return counts === null ? {} : { received: Number(counts[1]), dropped: Number(counts[2]) };
      },
    },
    {
      name: 'tcpdump-alone',
      does: 'tcpdump -i V -B 131072 -w /dev/null',
      ...program('tcpdump', ['-n', '-i', name, '-B', '131072', '-w', '/dev/null', '--', FILTER]),
      ready: /listening on/,
      outcome: tcpdumpCounts,
    },
    {
      name: 'tcpflow',
      does: 'tcpflow -i V -o DIR',
      ...program('tcpflow', ['-i', name, '-o', TCPFLOW_OUTPUT, FILTER]),
      ready: /listening on/,
      outcome: () => ({}),
      prepare: () => mkdirSync(TCPFLOW_OUTPUT, { recursive: true }),
      cleanUp: () => rmSync(TCPFLOW_OUTPUT, { recursive: true, force: true }),
    },
    {
      name: 'tshark',
      does: 'tshark -q -z conv,tcp -i V -B 128',
      ...program('tshark', ['-q', '-z', 'conv,tcp', '-i', name, '-B', '128', '-f', FILTER]),
      ready: /Capturing on/,
      outcome: (said) => {
        const captured = /^(\d+) packets captured/m.exec(said);
        const dropped = /^(\d+) packets dropped/m.exec(said);
        return {
          ...(captured !== null && { received: Number(captured[1]) }),
          ...(captured !== null && { dropped: Number(dropped?.[1] ?? 0) }),
        };
      },
    },
  ];
}

/** The command itself. @param {string} title @param {string} name @param {readonly string[]} more @returns {LiveSubject} */
function liveSubject(title, name, more) {
  const { command, args } = dvrscope(['live', '-i', name, '--json', '-q', ...more]);
  return {
    name: title,
    does: ['dvrscope live -i V --json -q', ...more].join(' '),
    missing: whyNoDvrscope(),
    command,
    args,
    ready: /"event":"started"/,
    outcome: (said) => {
      const last = said.split('\n').findLast((line) => line.startsWith('{') && line.includes('"final":true'));
      if (last === undefined) return {};
      const { received, kernelDropped, ownDropped, messages, gaps, flows } = JSON.parse(last);
      return { received, dropped: kernelDropped + ownDropped, messages, gaps: gaps.count, flows: flows.seen };
    },
  };
}

/** Capture and analysis alone, with one of the engines. @param {string} engine @param {string} name @returns {LiveSubject} */
function watchSubject(engine, name) {
  return {
    name: engine,
    does: `capture and analysis, engine ${engine}`,
    missing: engine === 'cap' || findProgram(engine) !== undefined ? undefined : 'not installed',
    command: process.execPath,
    args: [WATCH, engine, name],
    ready: /^ready$/m,
    endsWithInput: true,
    outcome: (said) => {
      const line = said.trim().split('\n').at(-1) ?? '';
      if (!line.startsWith('{')) return {};
      const { received, kernelDropped, ownDropped, messages, gaps, flows } = JSON.parse(line);
      const dropped = kernelDropped === undefined ? undefined : kernelDropped + ownDropped;
      return { received, dropped, messages, gaps, flows };
    },
  };
}

/** @param {string} command @param {readonly string[]} args */
function program(command, args) {
  return { command, args, missing: findProgram(command) === undefined ? 'not installed' : undefined };
}

/** @param {string} said @returns {Outcome} */
function tcpdumpCounts(said) {
  const captured = /(\d+) packets? captured/.exec(said);
  const dropped = /(\d+) packets? dropped by kernel/.exec(said);
  if (captured === null || dropped === null) return {};
  return { received: Number(captured[1]), dropped: Number(dropped[1]) };
}
