import { JSON_LIMITS } from '../../dissectors/dvrip/json-limits.ts';
import type { DecoderLimits } from '../../dissectors/packet-decoder.ts';
import type { FlowLimits } from '../reassembly/flow-table.ts';
import type { ReassemblyLimits } from '../reassembly/reassembly-limits.ts';
import type { RuleLimits } from '../rules/conformance.ts';
import type { ConversationLimits } from '../session/conversation-limits.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** What one ladder diagram holds at most. */
export interface LadderLimits {
  readonly rungs: number;
  /** Messages without a session id kept of each open flow, in case that they belong to the login that follows. */
  readonly beforeLogin: number;
}

/** Every bound of the analysis, in one place; what reaching one means is said where it is declared. */
export interface Limits {
  readonly packets: DecoderLimits;
  readonly flows: FlowLimits;
  readonly reassembly: ReassemblyLimits;
  readonly conversations: ConversationLimits;
  readonly ladder: LadderLimits;
  readonly rules: RuleLimits;
}

export const DEFAULT_LIMITS: Limits = {
  packets: { nestedLayers: 32, fragmentedDatagrams: 4096, fragmentBytes: 16 * MiB, fragmentSeconds: 30 },
  flows: { flows: 50_000 },
  reassembly: {
    pendingBytes: 4 * MiB,
    pendingSegments: 4096,
    pendingBytesInAll: 32 * MiB,
    acknowledgedHolePackets: 32,
    acknowledgedHoleSeconds: 1,
    openingSegments: 4,
    openingSeconds: 1,
  },
  conversations: {
    framing: { longestBody: 16 * MiB, recognitionBytes: 64 * KiB },
    fragments: { openMessages: 4, joinedBytes: 4 * MiB },
    bodies: JSON_LIMITS,
    longestChunk: 16 * MiB,
    bitRatePoints: 600,
    mediaStreams: 16,
    mediaStreamsInAll: 65_536,
    mediaStreamsKept: 32_768,
    mediaStreamsOfSession: 32_768,
    mediaSessions: 100_000,
    keptBodyBytes: 64 * MiB,
    openRequests: 64,
    heldPieces: 64,
    heldSeconds: 1.5,
    sessions: 100_000,
    refusedLogins: 10_000,
    flowsPerSession: 4096,
    sessionsPerSocket: 256,
    registeredDevices: 10_000,
  },
  ladder: { rungs: 10_000, beforeLogin: 32 },
  rules: {
    findingGroups: 5000,
    samplesPerGroup: 5,
    ruleFlows: 20_000,
    ruleSessions: 20_000,
    ruleDevices: 10_000,
  },
};
