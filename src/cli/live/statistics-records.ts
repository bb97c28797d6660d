import type { Analysis } from '../../analysis/analysis.ts';
import type { GapCauses } from '../../analysis/gap-causes.ts';
import type { MemoryCeiling } from '../../analysis/memory-ceiling.ts';
import type { EngineName, LiveStatistics } from '../../capture/live/engine.ts';
import type { RingStatistics } from '../../capture/ring/packet-ring.ts';
import { formatTime } from '../../report/format/time.ts';
import type { StatisticsRecord } from '../../report/records/live-records.ts';
import { clockTime } from './event-records.ts';
import type { SpoolPlace } from './open-ring.ts';

/** What only the process knows. */
export interface Moment {
  readonly final: boolean;
  readonly now: Date;
  /** Of the last packet. */
  readonly captureSeconds: number;
  readonly captureNanoseconds: number;
  readonly ruleScopesLetGo: number;
  readonly memoryBytes: number;
  readonly spool: (SpoolPlace & RingStatistics) | undefined;
}

/** Makes the statistics of a live capture, one record after the other. */
export class StatisticsRecords {
  readonly #analysis: Analysis;
  readonly #gaps: GapCauses;
  readonly #ceiling: MemoryCeiling;
  readonly #engine: EngineName;
  readonly #began = performance.now();
  #before = { at: this.#began, received: 0, bytes: 0, messages: 0 };

  constructor(analysis: Analysis, gaps: GapCauses, ceiling: MemoryCeiling, engine: EngineName) {
    this.#analysis = analysis;
    this.#gaps = gaps;
    this.#ceiling = ceiling;
    this.#engine = engine;
  }

  make(statistics: LiveStatistics, moment: Moment): StatisticsRecord {
    const { flows, conversations, packets, bytes } = this.#analysis;
    const { sessions, messages } = conversations;
    const captureTime =
      packets === 0 ? undefined : formatTime(moment.captureSeconds, moment.captureNanoseconds);
    const { interfaces, unknown, ...counts } = statistics;
    return {
      schema: 'dvrscope.statistics/1',
      time: clockTime(moment.now),
      ...(captureTime !== undefined && { captureTime }),
      seconds: Math.round(performance.now() - this.#began) / 1000,
      final: moment.final,
      engine: this.#engine,
      ...counts,
      unknown: [...unknown],
      interfaces: interfaces.map(({ unknown, ...rest }) => ({ ...rest, unknown: [...unknown] })),
      rates: this.#rates(statistics.received),
      packets,
      bytes,
      messages,
      flows: { seen: flows.opened, open: flows.size, silent: flows.silenced },
      sessions: { seen: sessions.count, refusedLogins: sessions.refusedLogins },
      gaps: { ...this.#gaps.total, byCause: [...this.#gaps.byCause()] },
      evicted: evictions(this.#analysis, moment.ruleScopesLetGo),
      memory: { bytes: moment.memoryBytes, ceiling: this.#ceiling.bytes, lowered: this.#ceiling.lowered },
      ...(moment.spool !== undefined && { spool: moment.spool }),
    };
  }

  #rates(received: number): StatisticsRecord['rates'] {
    const { bytes, conversations } = this.#analysis;
    const { messages } = conversations;
    const at = performance.now();
    const before = this.#before;
    const seconds = Math.max(0.001, (at - before.at) / 1000);
    this.#before = { at, received, bytes, messages };
    const rate = (now: number, then: number) => Math.round(((now - then) / seconds) * 10) / 10;
    return {
      packetsPerSecond: rate(received, before.received),
      bitsPerSecond: rate(bytes * 8, before.bytes * 8),
      messagesPerSecond: rate(messages, before.messages),
    };
  }
}

/** What was let go, or left out, because a limit was reached. */
function evictions(
  { flows, reassembly, conversations, decoder }: Analysis,
  ruleScopes: number,
): StatisticsRecord['evicted'] {
  const reached = {
    flows: flows.evicted,
    ...reassembly.limitsReached,
    ...conversations.limitsReached,
    fragmentedDatagrams: decoder.counters.evictedDatagrams,
    ruleScopes,
  };
  const byLimit = Object.entries(reached)
    .filter(([, times]) => times > 0)
    .map(([limit, times]) => ({ limit, times }));
  return { total: byLimit.reduce((sum, { times }) => sum + times, 0), byLimit };
}
