import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import xterm from '@xterm/headless';
import { replay } from './live-run.mjs';
import { dvrscope, findProgram, whyNoDvrscope } from './peers.mjs';

const COLUMNS = 160;
const ROWS = 36;
/** The lines of the header, and the line of the tabs. */
const COUNTS_LINE = 1;
const TABS_LINE = 2;
const LIST_TOP = 4;

/** Between an answer and the next key, as fast as a person who knows the keys. */
const THINKING_MS = 60;
/** Keys are pressed when the traffic has been there for so long. */
const WARM_UP_MS = 1000;
const PATIENCE_MS = 20_000;
/** Ticks of the processor's clock per second: USER_HZ, which Linux fixes. */
const TICKS = 100;
/** Not the answer to a key: it is read from the ring, and comes when it comes. */
const MEDIA_BYTES = 'media bytes';

/**
 * What came of it.
 * @typedef {object} KeysRun
 * @property {string} [failure]
 * @property {number} sentPerSecond @property {number} bitsPerSecond @property {number} sent packets
 * @property {number} received packets, by the header @property {number} dropped by the header
 * @property {readonly { key: string, ms: number }[]} answers
 * @property {readonly number[]} media milliseconds until the bytes of a media message were read from the ring
 * @property {number} [cores] processors kept busy by the dashboard, without the engine
 * @property {number} [peakBytes] the largest resident set of the dashboard
 * @property {string} ring what the header says of it
 */

/** Why the dashboard cannot be run here. */
export function whyNoKeys() {
  return (
    whyNoDvrscope() ?? (findProgram('script') === undefined ? 'needs script(1) for a terminal' : undefined)
  );
}

/**
 * The real dashboard on a real terminal watches the traffic while keys are pressed.
 * @param {import('./live-run.mjs').Wire} wire @param {string} capture @param {number} pps @param {number} seconds
 * @param {readonly string[]} [options] of `live`
 * @returns {Promise<KeysRun>}
 */
export async function pressKeys(wire, capture, pps, seconds, options = []) {
  const dashboard = new Dashboard(['live', '-i', wire.mirror, ...options]);
  try {
    await dashboard.shows((screen) => screen.line(0).includes(' live '));
    const begun = dashboard.processorSeconds();
    const begin = process.hrtime.bigint();
    let sending = true;
    const sender = replay(wire.sender, capture, pps, seconds).finally(() => {
      sending = false;
    });
    await delay(WARM_UP_MS);
    const answers = [];
    const media = [];
    for (let turn = 0; sending; turn = (turn + 1) % SCRIPT.length) {
      const step = SCRIPT[turn];
      if (step === undefined) break;
      const ms = await dashboard.press(step);
      if (sending && step.key === undefined) media.push(ms);
      else if (sending) answers.push({ key: step.name, ms });
      await delay(THINKING_MS);
    }
    const sent = await sender;
    const wall = Number(process.hrtime.bigint() - begin) / 1e9;
    const cores = (dashboard.processorSeconds() - begun) / wall;
    // Engines hand over what they hold within two seconds, and the header is painted anew.
    await delay(2500);
    const counts = dashboard.line(COUNTS_LINE);
    const result = {
      ...sent,
      received: numberIn(counts, /([\d,]+) /),
      dropped: numberIn(counts, /dropped ([\d,]+)/),
      answers,
      media,
      cores,
      peakBytes: dashboard.peakBytes(),
      ring: /ring .*$/.exec(dashboard.line(0))?.[0].trim() ?? 'no ring',
    };
    return result;
  } catch (error) {
    const failure = `${error instanceof Error ? error.message : error}\n${dashboard.text()}`;
    return {
      failure,
      sent: 0,
      sentPerSecond: 0,
      bitsPerSecond: 0,
      received: 0,
      dropped: 0,
      answers: [],
      media: [],
      ring: '',
    };
  } finally {
    await dashboard.close();
  }
}

/**
 * What stood on the screen when a key was pressed: the number of the row under the cursor, and how many rows there were.
 * @typedef {{ row: string, total: number }} Before
 *
 * A key, and how its answer looks; without a key, what comes by itself after the answer to the one before.
 * @typedef {{ name: string, key?: string, answered: (screen: Dashboard, before: Before) => boolean }} Step
 */

const listOf = (/** @type {RegExp} */ titles) => (/** @type {Dashboard} */ screen) =>
  titles.test(screen.line(LIST_TOP - 1)) && /\d/.test(screen.line(LIST_TOP));
const moved = (/** @type {Dashboard} */ screen, /** @type {Before} */ { row }) => {
  const now = screen.selected();
  return now !== '' && now !== row;
};
const way = (/** @type {RegExp} */ words) => (/** @type {Dashboard} */ screen) =>
  words.test(screen.line(TABS_LINE));
const footer = (/** @type {RegExp} */ words) => (/** @type {Dashboard} */ screen) =>
  words.test(screen.line(ROWS - 1));

const SESSIONS = listOf(/State +Client/);
const MESSAGES = listOf(/Name .*Remark/);

/** What somebody does who looks around: lists, rows, a message, a ladder, a filter, an order. @type {readonly Step[]} */
const SCRIPT = [
  { name: 'messages', key: '4', answered: MESSAGES },
  { name: 'unfold', key: 'x', answered: (screen, { total }) => screen.total() > 1.5 * total },
  { name: 'to the end', key: 'G', answered: moved },
  { name: 'up', key: 'k', answered: moved },
  { name: 'page up', key: '\x1b[5~', answered: moved },
  { name: 'open message', key: '\r', answered: (screen) => screen.text().includes('Header bytes') },
  { name: MEDIA_BYTES, answered: (screen) => /Body bytes|Body, its first|not shown/.test(screen.text()) },
  { name: 'back', key: 'q', answered: MESSAGES },
  { name: 'to the top', key: 'g', answered: moved },
  { name: 'down', key: 'j', answered: moved },
  { name: 'fold', key: 'x', answered: (screen, { total }) => screen.total() < total / 1.5 },
  { name: 'filter', key: 'f', answered: footer(/Cancel/) },
  { name: 'no filter', key: '\x1b', answered: footer(/Stop/) },
  { name: 'sessions', key: '1', answered: SESSIONS },
  { name: 'down', key: 'j', answered: moved },
  { name: 'open session', key: '\r', answered: way(/Session \d+/) },
  { name: 'back', key: 'q', answered: (screen) => way(/1 Sessions/)(screen) && SESSIONS(screen) },
  { name: 'other order', key: 'z', answered: listOf(/▼/) },
  { name: 'former order', key: 'z', answered: listOf(/▲/) },
  { name: 'streams', key: '5', answered: listOf(/Kind .*Codec/) },
  { name: 'findings', key: '3', answered: listOf(/Severity/) },
  { name: 'flows', key: '2', answered: listOf(/Role/) },
];

/** The dashboard in a terminal of script(1), and what its screen shows. */
class Dashboard {
  #terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  #child;
  #ended = false;
  /** @type {() => void} */
  #painted = () => undefined;

  /** @param {readonly string[]} parameters */
  constructor(parameters) {
    const { command, args } = dvrscope(parameters);
    const quoted = [command, ...args].map((word) => `'${word}'`).join(' ');
    const line = `stty rows ${ROWS} cols ${COLUMNS}; exec ${quoted}`;
    this.#child = spawn('script', ['-qfec', line, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/sh' },
    });
    this.#child.stdout.on('data', (bytes) => this.#terminal.write(bytes, () => this.#painted()));
    this.#child.once('exit', () => {
      this.#ended = true;
      this.#painted();
    });
  }

  /** @param {number} y */
  line(y) {
    return this.#terminal.buffer.active.getLine(y)?.translateToString(true) ?? '';
  }

  text() {
    return Array.from({ length: ROWS }, (_, y) => this.line(y)).join('\n');
  }

  /** The row under the cursor: it alone stands inverted in a list. */
  selected() {
    const { active } = this.#terminal.buffer;
    for (let y = LIST_TOP; y < ROWS - 1; y++) {
      if (
        active
          .getLine(y)
          ?.getCell(COLUMNS - 2)
          ?.isInverse()
      )
        return this.line(y).trim().split(/\s+/, 1)[0] ?? '';
    }
    return '';
  }

  /** Rows of the list that is shown. */
  total() {
    return numberIn(this.line(TABS_LINE), /of ([\d,]+)/);
  }

  /** Resolves when the screen shows it. @param {(screen: Dashboard) => boolean} wanted */
  async shows(wanted) {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
      const look = () => {
        if (this.#ended) reject(new Error('the dashboard has ended'));
        else if (!wanted(this)) return;
        clearTimeout(timer);
        this.#painted = () => undefined;
        resolve(undefined);
      };
      this.#painted = look;
      look();
    });
  }

  /** Presses a key; answers how many milliseconds later the screen shows its answer. @param {Step} step */
  async press({ name, key, answered }) {
    const before = { row: this.selected(), total: this.total() };
    const begin = performance.now();
    try {
      if (key !== undefined) {
        this.#child.stdin.write(key);
        // What is on the screen already is no answer: it has to be painted after the key.
        await new Promise((resolve) => {
          this.#painted = () => resolve(undefined);
        });
      }
      await this.shows((screen) => answered(screen, before));
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
    return performance.now() - begin;
  }

  processorSeconds() {
    // The name in parentheses may hold blanks; utime and stime are the 14th and 15th field.
    const fields = readFileSync(`/proc/${this.#pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }

  peakBytes() {
    return (
      Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#pid}/status`, 'latin1'))?.[1]) * 1024
    );
  }

  get #pid() {
    const { pid } = this.#child;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  }

  async close() {
    if (!this.#ended) this.#child.stdin.write('\x03');
    for (let waited = 0; !this.#ended && waited < PATIENCE_MS; waited += 50) await delay(50);
    if (!this.#ended) this.#child.kill('SIGKILL');
    this.#terminal.dispose();
  }
}

/** @param {string} text @param {RegExp} pattern */
function numberIn(text, pattern) {
  return Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}
