import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./measure.mjs').Command} Command */

/**
 * A program that reads a capture.
 * @typedef {object} Candidate
 * @property {string} name
 * @property {string} does what is run, as a person would type it
 * @property {string | undefined} missing why it cannot run here
 * @property {string} version
 * @property {(file: string) => Command} command
 * @property {() => void} [prepare] before each run, not timed
 * @property {() => void} [cleanUp] after each run, not timed
 */

const DVRSCOPE = fileURLToPath(new URL('../dist/bundle/cli/dvrscope.js', import.meta.url));
const PCAP_PARSER_LOOP = fileURLToPath(new URL('pcap-parser-loop.mjs', import.meta.url));
/** Beside the captures, on the disk as its users have it; emptied before and after each run. */
const TCPFLOW_OUTPUT = fileURLToPath(new URL('data/tcpflow-output/', import.meta.url));

/** Our own command. @param {readonly string[]} args @returns {Command} */
export function dvrscope(args) {
  return { command: process.execPath, args: [DVRSCOPE, ...args] };
}

/** Why our own command cannot run. @returns {string | undefined} */
export function whyNoDvrscope() {
  return existsSync(DVRSCOPE) ? undefined : 'not built';
}

/** All candidates, those that cannot run here included. @returns {readonly Candidate[]} */
export function listCandidates() {
  return [
    {
      name: 'dvrscope',
      does: 'dvrscope summary F',
      missing: whyNoDvrscope(),
      version: `node ${process.version}`,
      command: (file) => dvrscope(['summary', file]),
    },
    {
      name: 'check',
      does: 'dvrscope check --fail-on never F',
      missing: whyNoDvrscope(),
      version: `node ${process.version}`,
      command: (file) => dvrscope(['check', '--fail-on', 'never', file]),
    },
    tool('cat', 'cat F > /dev/null', (file) => [file]),
    tool('tcpdump', 'tcpdump -r F -w /dev/null', (file) => ['-r', file, '-w', '/dev/null']),
    {
      ...tool('tcpflow', 'tcpflow -r F -o DIR', (file) => ['-r', file, '-o', TCPFLOW_OUTPUT]),
      prepare: () => {
        rmSync(TCPFLOW_OUTPUT, { recursive: true, force: true });
        mkdirSync(TCPFLOW_OUTPUT, { recursive: true });
      },
      cleanUp: () => rmSync(TCPFLOW_OUTPUT, { recursive: true, force: true }),
    },
    tool('tshark', 'tshark -q -z conv,tcp -r F', (file) => ['-q', '-z', 'conv,tcp', '-r', file]),
    {
      name: 'pcap-parser',
      does: 'node pcap-parser-loop.mjs F',
      missing: undefined,
      version: `node ${process.version}`,
      command: (file) => ({ command: process.execPath, args: [PCAP_PARSER_LOOP, file] }),
    },
  ];
}

/** Where a program lies on the search path. @param {string} name @returns {string | undefined} */
export function findProgram(name) {
  // Debian keeps tcpdump in /usr/sbin, which is not on everybody's path.
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (folder !== '') return path;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/** @param {string} name @param {string} does @param {(file: string) => string[]} args @returns {Candidate} */
function tool(name, does, args) {
  const path = findProgram(name);
  return {
    name,
    does,
    missing: path ? undefined : 'not installed',
    version: path ? versionOf(path) : '',
    command: (file) => ({ command: path ?? name, args: args(file) }),
  };
}

/** The number in the first line that has one. @param {string} path */
function versionOf(path) {
  const { stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? 'of unknown version';
}
