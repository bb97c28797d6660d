import type { SilenceLimits } from '../reassembly/flow-table.ts';
import { type LimitChanges, withChanges } from './limit-changes.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** The least that `--max-memory` takes, in MiB, and what it is unless somebody says otherwise. */
export const LEAST_CEILING_MIB = 160;
export const DEFAULT_CEILING_MIB = 256;

/** DVRIP clients are heard every half minute; a connection silent for an hour is dead, or was cut where nobody saw it. */
export const LIVE_SILENCE: SilenceLimits = { closed: 15, idle: 300, open: 3600 };

/**
 * What the process takes whatever it watches: Node itself, our code and schemas, the read buffers, what may wait for the
 * analysis and for the disk. Measured: 95 MiB of resident memory after a minute of traffic of a few flows.
 */
const FIXED_BYTES = 100 * MiB;

/** V8 lets garbage grow to about as much as what is alive before it collects. */
const ALIVE_SHARE = 0.5;

/**
 * A body that is read as JSON takes up to fifty times its length, for as long as it is looked at: a third of what is left at
 * most. The longest that devices send are 155 kB (field notes §1).
 */
const JSON_GROWTH = 150;
const LEAST_BODY_BYTES = 192 * KiB;
/** Of a body of more values, which no device sends, their places are not looked for: each takes some 250 bytes. */
const BYTES_PER_NODE = 16;

/**
 * How what is left is shared out: to each collection a part of it in thousandths, and how many bytes one of its entries takes
 * in the heap (measured, rounded up). The parts come to a thousand.
 */
const SHARES = {
  flows: { part: 350, bytesEach: 10 * KiB },
  sessions: { part: 120, bytesEach: 3 * KiB },
  ruleSessions: { part: 130, bytesEach: 6 * KiB },
  mediaStreams: { part: 150, bytesEach: 4 * KiB },
  devices: { part: 40, bytesEach: 2 * KiB },
  findingGroups: { part: 50, bytesEach: 4 * KiB },
  pendingBytes: { part: 70, bytesEach: 1 },
  bodyBytes: { part: 70, bytesEach: 1 },
  fragmentBytes: { part: 20, bytesEach: 1 },
} as const;

/**
 * Of a process that takes more than this part of its ceiling once its garbage is gone, the limits are lowered; below the other
 * part they rise again. What is above is room for the garbage of a second.
 */
const NEAR = 0.65;
const FAR = 0.55;
const LOWERED = 0.7;
const RAISED = 1.2;
/** The limits are never lowered beyond this part of what the ceiling allows. */
const LOWEST = 0.05;

/**
 * The limits of an analysis that has so many bytes of memory for the whole process. What limits a single flow or message is
 * as ever ({@link DEFAULT_LIMITS}); what is kept of many follows the memory, and is never more than for files.
 *
 * | kept | of the memory left | at 256 MiB |
 * | --- | --- | --- |
 * | flows (and rules' memory of them) | 35 % | 2,800 |
 * | sessions; refused logins a tenth | 12 % | 3,200 |
 * | sessions that rules remember | 13 % | 1,700 |
 * | media streams | 15 % | 3,000 |
 * | devices that rules remember | 4 % | 1,600 |
 * | kinds of findings | 5 % | 1,000 |
 * | segments behind holes | 7 % | 5.5 MiB |
 * | bodies that are not complete | 7 % | 5.5 MiB |
 * | fragments of datagrams | 2 % | 1.6 MiB |
 * | one body that is read as JSON | 0.7 % | 530 KiB |
 */
export function limitsFor(ceilingBytes: number, scale = 1): Limits {
  const alive = Math.max(0, ceilingBytes - FIXED_BYTES) * ALIVE_SHARE * scale;
  const most = (share: keyof typeof SHARES, limit: number) => {
    const { part, bytesEach } = SHARES[share];
    return Math.max(16, Math.min(limit, Math.floor((alive * part) / 1000 / bytesEach)));
  };
  const { packets, flows, reassembly, conversations, ladder, rules } = DEFAULT_LIMITS;
  const openFlows = most('flows', flows.flows);
  const sessions = most('sessions', conversations.sessions);
  const refusedLogins = Math.max(16, Math.floor(sessions / 10));
  const mediaStreams = most('mediaStreams', conversations.mediaStreamsKept);
  const pendingBytes = most('pendingBytes', reassembly.pendingBytesInAll);
  const { bodies } = conversations;
  const bodyBytes = Math.max(LEAST_BODY_BYTES, Math.floor(alive / JSON_GROWTH));
  return {
    packets: { ...packets, fragmentBytes: most('fragmentBytes', packets.fragmentBytes) },
    flows: { flows: openFlows },
    reassembly: {
      ...reassembly,
      pendingBytesInAll: pendingBytes,
      pendingBytes: Math.min(reassembly.pendingBytes, pendingBytes),
    },
    conversations: {
      ...conversations,
      bitRatePoints: 120,
      mediaStreamsInAll: mediaStreams,
      mediaStreamsKept: mediaStreams,
      mediaStreamsOfSession: Math.max(16, Math.floor(mediaStreams / 32)),
      // What belongs to no session has a place too.
      mediaSessions: sessions + 1,
      bodies: {
        ...bodies,
        bytes: Math.min(bodies.bytes, bodyBytes),
        nodes: Math.min(bodies.nodes, Math.floor(bodyBytes / BYTES_PER_NODE)),
      },
      keptBodyBytes: most('bodyBytes', conversations.keptBodyBytes),
      sessions,
      refusedLogins,
      flowsPerSession: 64,
      registeredDevices: most('devices', conversations.registeredDevices),
    },
    ladder,
    rules: {
      ...rules,
      findingGroups: most('findingGroups', rules.findingGroups),
      ruleFlows: Math.min(openFlows, rules.ruleFlows),
      ruleSessions: most('ruleSessions', rules.ruleSessions),
      ruleDevices: most('devices', rules.ruleDevices),
    },
  };
}

/** Holds a process to its memory: limits to begin with, and lower ones while it comes near. */
export class MemoryCeiling {
  readonly bytes: number;
  /** One object for the whole run, whose numbers change. */
  readonly limits: Limits;
  readonly #besideBytes: number;
  readonly #changes: LimitChanges<Limits> | undefined;
  /** How often the limits were lowered. */
  lowered = 0;
  #scale = 1;

  /**
   * @param besideBytes of the ceiling, what the process takes for other things than an analysis: a screen, an index
   * @param changes limits that somebody has set: they are neither derived nor lowered
   */
  constructor(bytes: number, besideBytes = 0, changes?: LimitChanges<Limits>) {
    this.bytes = bytes;
    this.#besideBytes = besideBytes;
    this.#changes = changes;
    this.limits = withChanges(limitsFor(bytes - besideBytes), changes);
  }

  /** Whether it is worth a closer look what is alive. */
  isNear(usedBytes: number): boolean {
    return usedBytes > this.#share(NEAR);
  }

  /** So much does the process take now. True when the limits were lowered: what is beyond them is then to be let go. */
  sample(usedBytes: number): boolean {
    if (this.isNear(usedBytes) && this.#scale > LOWEST) {
      this.#set(Math.max(LOWEST, this.#scale * LOWERED));
      this.lowered += 1;
      return true;
    }
    if (usedBytes < this.#share(FAR) && this.#scale < 1) this.#set(Math.min(1, this.#scale * RAISED));
    return false;
  }

  #share(part: number): number {
    return this.#besideBytes + (this.bytes - this.#besideBytes) * part;
  }

  #set(scale: number): void {
    this.#scale = scale;
    const next = withChanges(limitsFor(this.bytes - this.#besideBytes, scale), this.#changes);
    Object.assign(this.limits.packets, next.packets);
    Object.assign(this.limits.flows, next.flows);
    Object.assign(this.limits.reassembly, next.reassembly);
    const { bodies, ...conversations } = next.conversations;
    Object.assign(this.limits.conversations, conversations);
    Object.assign(this.limits.conversations.bodies, bodies);
    Object.assign(this.limits.rules, next.rules);
  }
}
