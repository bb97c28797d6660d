import type { LiveProblem } from './engine.ts';
import { LIVE_LIMITS, type LiveLimits } from './limits.ts';

/** What a child process says on standard error: the last lines, made safe for a terminal. */
export class EngineWords {
  readonly #lines: string[] = [];
  #open = '';
  readonly #heard: (line: string) => void;
  readonly #limits: LiveLimits;

  /** `heard` is told of each line as it becomes complete. */
  constructor(heard: (line: string) => void, limits: LiveLimits = LIVE_LIMITS) {
    this.#heard = heard;
    this.#limits = limits;
  }

  push(bytes: Buffer): void {
    const parts = (this.#open + bytes.toString('utf8')).split(/\r?\n|\r/);
    this.#open = (parts.pop() ?? '').slice(0, this.#limits.lineCharacters);
    for (const part of parts) this.#keep(part);
  }

  /** No more will come: what stands on an open line counts too. */
  end(): void {
    if (this.#open !== '') this.#keep(this.#open);
    this.#open = '';
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  #keep(text: string): void {
    const line = safe(text.slice(0, this.#limits.lineCharacters)).trim();
    if (line === '') return;
    this.#lines.push(line);
    if (this.#lines.length > this.#limits.keptLines) this.#lines.shift();
    this.#heard(line);
  }
}

/** Control and format characters, lone surrogates and line separators become `?`. */
function safe(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}

/** Lines that engines write when all is well. */
const USUAL =
  /^(?:Capturing on |File: |Packets?(?: captured|: )|Packets received\/dropped|Warning: .* may not actually work|(?:\w+: )?listening on |\d+ packets? |\(node:|dropped privs)/;

/**
 * What the lines say of a death, as engines have no other language: libpcap's sentences (pcap.c, pcap-linux.c), which all
 * three hand on, and dumpcap's own (ui/capture_ui_utils.c, dumpcap.c).
 */
const MEANINGS: readonly (readonly [words: RegExp, code: LiveProblem['code']])[] = [
  [/Cannot find (?:module|package)/, 'engine-missing'],
  [/no longer (?:attached|running)|disappeared|Network is down|went down/i, 'interface-down'],
  [/not up\b/i, 'interface-down'],
  [/No such device|no device named|doesn't exist|no interface/i, 'no-such-interface'],
  [/permi(?:ssion|tted)/i, 'not-permitted'],
  [/filter/i, 'bad-filter'],
];

export interface Death {
  readonly code: LiveProblem['code'];
  /** The engine's own words, empty where it said nothing of note. */
  readonly words: string;
}

/** What a child's last words mean. */
export function explainDeath(lines: readonly string[]): Death {
  const telling = lines.filter((line) => !USUAL.test(line));
  for (const [words, code] of MEANINGS) {
    const at = telling.findIndex((line) => words.test(line));
    if (at >= 0) return { code, words: telling.slice(0, 2).join(' ') };
  }
  return { code: 'engine-died', words: telling.slice(0, 2).join(' ') };
}

/**
 * Packets dropped by the kernel, as a line tells: tcpdump's `3 packets dropped by kernel`, alone or amid its answer to
 * SIGUSR1, and dumpcap's `Packets received/dropped on interface 'eth0': 7/3 (pcap:3/dumpcap:0/flushed:0/ps_ifdrop:0)`.
 */
export function kernelDropsIn(line: string): number | undefined {
  const tcpdump = /(\d+) packets? dropped by kernel/.exec(line)?.[1];
  if (tcpdump !== undefined) return Number(tcpdump);
  const dumpcap = /^Packets received\/dropped .*\(pcap:(\d+)\/dumpcap:(\d+)\/flushed:(\d+)\//.exec(line);
  if (dumpcap === null) return undefined;
  return Number(dumpcap[1]) + Number(dumpcap[2]) + Number(dumpcap[3]);
}
