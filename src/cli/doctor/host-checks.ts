import { release, type } from 'node:os';
import { findDecompressor } from '../../capture/decompressor.ts';
import { DEFAULT_CAPTURE } from '../../capture/live/engine.ts';
import { formatCount } from '../../report/format/table.ts';
import type { Check } from '../../report/records/host-records.ts';

/** Chinese text as devices send it (GB 18030), and the text that it is. */
const CHINESE_BYTES = Uint8Array.of(0xcd, 0xa8, 0xb5, 0xc0);
const CHINESE_TEXT = '通道';

/** What the process can be told of: its Node, its user, its terminal. */
export interface Host {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  readonly terminal: boolean;
  /** Memory that could be had. */
  readonly freeBytes: number;
}

export function hostChecks(host: Host): readonly Check[] {
  return [
    nodeCheck(host),
    icuCheck(),
    zstdCheck(host),
    userCheck(host),
    localeCheck(host),
    terminalCheck(host),
    bufferCheck(host),
  ];
}

const MIB = 1024 * 1024;
/** Below so many times the buffer the kernel may give less, and says nothing. */
const ENOUGH = 4;

/** The kernel takes the buffer of a capture from memory that cannot be swapped. */
function bufferCheck({ freeBytes }: Host): Check {
  const check = 'kernel/buffer';
  const { bufferMiB } = DEFAULT_CAPTURE;
  const free = `${formatCount(Math.floor(freeBytes / MIB))} MiB of memory are free`;
  const text = `${bufferMiB} MiB for each interface unless -B says otherwise, a second at 1 Gbit/s; ${free}`;
  return { check, status: freeBytes < ENOUGH * bufferMiB * MIB ? 'warning' : 'ok', text };
}

function nodeCheck({ version }: Host): Check {
  // A Node older than the floor has been refused before this is reached (dvrscope.ts).
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  const text = `Node ${version} on ${type()} ${release()}`;
  // Node 20 is maintained no longer since April 2026.
  return major < 22
    ? {
        check: 'node/version',
        status: 'note',
        text: `${text}; it runs, but is no longer maintained: 22 or later is`,
      }
    : { check: 'node/version', status: 'ok', text };
}

function icuCheck(): Check {
  try {
    if (new TextDecoder('gb18030').decode(CHINESE_BYTES) === CHINESE_TEXT)
      return { check: 'node/icu', status: 'ok', text: 'Chinese text (GB 18030) can be read' };
  } catch {
    // A Node without ICU knows no such encoding.
  }
  const text =
    'this Node has no full ICU: Chinese text (GB 18030) of devices is not readable; use an official build';
  return { check: 'node/icu', status: 'warning', text };
}

function zstdCheck({ version }: Host): Check {
  return findDecompressor('zstd') !== undefined
    ? { check: 'node/zstd', status: 'ok', text: 'captures compressed with gzip or zstd can be read' }
    : { check: 'node/zstd', status: 'note', text: `zstd needs Node 22.15; ${version} reads gzip` };
}

function userCheck({ uid }: Host): Check {
  if (uid !== 0) return { check: 'user/root', status: 'ok', text: 'not running as root' };
  const text =
    'running as root, which is not needed: dumpcap captures for members of a group, and dvrscope then needs no right at all';
  return { check: 'user/root', status: 'warning', text };
}

function localeCheck({ environment }: Host): Check {
  // The order of precedence of POSIX, section 8.2.
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '') ?? '';
  if (/utf-?8/i.test(locale)) return { check: 'terminal/locale', status: 'ok', text: locale };
  const what = locale === '' ? 'no locale is set' : `the locale ${locale} is not UTF-8`;
  return {
    check: 'terminal/locale',
    status: 'warning',
    text: `${what}: Chinese text and lines of the dashboard may not be drawn`,
    command: 'export LC_ALL=C.UTF-8',
  };
}

function terminalCheck({ environment, terminal }: Host): Check {
  const { TERM = '' } = environment;
  if (TERM === '' || TERM === 'dumb') {
    const text = `TERM is ${TERM === '' ? 'not set' : TERM}: the dashboard cannot draw, lines are printed instead`;
    return { check: 'terminal/type', status: 'warning', text, command: 'export TERM=xterm-256color' };
  }
  const where = terminal ? '' : '; standard output is no terminal now';
  return { check: 'terminal/type', status: 'ok', text: `${TERM}${where}` };
}
