import type { Limits } from '../../analysis/limits.ts';
import { NOTHING_LOST, type WordsFor } from './limit-words.ts';

const LATE = '`reassembly.retransmittedBytes` of summary, where an earlier one comes after all';
const QUALITY = '`quality.limits` of summary and check';

/** Of each limit of the analysis (src/analysis/limits.ts, where each is explained): beyond it, and where that is told. */
export const ANALYSIS_WORDS: WordsFor<Limits> = {
  packets: {
    nestedLayers: ['the packet is not decoded', '`undecodedPackets` of summary'],
    fragmentedDatagrams: ['the oldest datagram is given up', QUALITY],
    fragmentBytes: ['the oldest datagram is given up', `${QUALITY}, as \`fragmentedDatagrams\``],
    fragmentSeconds: ['the datagram is given up', '`quality.incompleteDatagrams` of summary'],
  },
  flows: {
    flows: ['the longest silent flow of a sample is closed', `${QUALITY}; \`reassembly.evictedFlows\``],
  },
  reassembly: {
    pendingBytes: ['the hole before them becomes a gap', `${QUALITY}; the gap, cause \`buffer-limit\``],
    pendingSegments: ['the hole before them becomes a gap', `${QUALITY}; the gap, cause \`buffer-limit\``],
    pendingBytesInAll: ['the hole before them becomes a gap', `${QUALITY}; the gap, cause \`buffer-limit\``],
    acknowledgedHolePackets: ['the hole becomes a gap', 'the gap, cause `acknowledged`'],
    acknowledgedHoleSeconds: ['the hole becomes a gap', 'the gap, cause `acknowledged`'],
    openingSegments: ['the direction begins with the first of them', LATE],
    openingSeconds: ['the direction begins with the first of them', LATE],
  },
  conversations: {
    framing: {
      longestBody: [
        'the length is taken for garbage; the next header is looked for',
        'finding `framing/oversized-body`',
      ],
      recognitionBytes: [
        'the stream is not searched for DVRIP any more',
        'the flow is listed with `dvrip: false`',
      ],
    },
    fragments: {
      openMessages: ['the oldest unfinished message is given up', 'finding `framing/missing-fragments`'],
      joinedBytes: ['bytes beyond are not kept', 'finding `framing/body-not-kept`'],
    },
    bodies: {
      nesting: ['the body is not read', 'finding `body/not-json`, reason `too-deep`'],
      bytes: ['the body is not read', 'finding `body/not-json`, reason `too-long`'],
      mendedUnits: ['what is not quite JSON is not mended', 'finding `body/not-json`'],
      nodes: ['what is not quite JSON is not mended', 'finding `body/not-json`'],
      listed: ['further slips of the body are not listed', NOTHING_LOST],
    },
    longestChunk: [
      'the length is taken for garbage; the next chunk is looked for',
      '`strayBytes` of the stream',
    ],
    bitRatePoints: ['two stretches of time become one', NOTHING_LOST],
    mediaStreams: ['further streams of the direction are not followed', QUALITY],
    mediaStreamsInAll: ['further streams are not followed', QUALITY],
    mediaStreamsKept: ['further streams are followed, but not listed', QUALITY],
    mediaStreamsOfSession: ['the oldest stream of the session that has ended is let go', QUALITY],
    mediaSessions: ['requests for media of further sessions are not remembered', QUALITY],
    keptBodyBytes: ['the body is not kept', `${QUALITY}; finding \`framing/body-not-kept\``],
    openRequests: ['the oldest request counts as unanswered', QUALITY],
    heldPieces: ['they are read in the order of their capture', NOTHING_LOST],
    heldSeconds: ['they are read in the order of their capture', NOTHING_LOST],
    sessions: ['the session that ended first is let go; where none has, a new one gets no number', QUALITY],
    refusedLogins: ['the oldest is let go', QUALITY],
    flowsPerSession: ['further flows are not listed with the session', QUALITY],
    sessionsPerSocket: ['the oldest leaves the socket until its next message', NOTHING_LOST],
    registeredDevices: ['further devices are not remembered', QUALITY],
  },
  ladder: {
    rungs: ['further rungs are left out', 'the last line of the ladder'],
    beforeLogin: ['earlier messages of the flow are left out', NOTHING_LOST],
  },
  rules: {
    findingGroups: ['further kinds of findings are only counted', '`notListed` of check'],
    samplesPerGroup: ['further findings of the kind are only counted', 'the count of the kind'],
    ruleFlows: ['rules forget the oldest flow', `${QUALITY}, as \`ruleScopes\``],
    ruleSessions: ['rules forget the oldest session', `${QUALITY}, as \`ruleScopes\``],
    ruleDevices: ['rules forget the oldest device', `${QUALITY}, as \`ruleScopes\``],
  },
};
