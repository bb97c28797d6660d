import type { RunLimits } from '../config/run-limits.ts';
import { NOTHING_LOST, type WordsFor } from './limit-words.ts';

const DAMAGE = '`files[].error` of summary, with its byte offset; exit code 3';
const LIVE = 'the line of counts of `live`';
const EVENT = 'an event of `live`';

/** Of each limit beside those of the analysis, by the group of the configuration: beyond it, and where that is told. */
export const OTHER_WORDS: WordsFor<
  Pick<RunLimits, 'extract' | 'capture' | 'filter' | 'report' | 'dashboard' | 'live' | 'ring'>
> = {
  extract: {
    files: ['what would begin more files is left out', '`leftOut.beyondLimit` of the manifest'],
    bytes: ['frames and bodies are left out', '`leftOut.beyondLimit` of the manifest'],
    openFiles: ['the longest unused is closed, and opened again later', NOTHING_LOST],
    batchBytes: ['they are written', NOTHING_LOST],
    gapsListed: ['further gaps are only counted', '`missingBytes` of the file: more than its gaps'],
    openArchives: ['the oldest archive ends', '`leftOut.archivePieces` of the manifest'],
    framesTimed: ['the recording ends', '`leftOut.untimed` of the manifest'],
  },
  capture: {
    standardRecordBytes: [
      'the record is taken for damage, where neither snap length nor link type allow it',
      DAMAGE,
    ],
    largeRecordBytes: ['the record is taken for damage', DAMAGE],
    packetOptionBytes: ['the block is taken for damage', DAMAGE],
    heldBlockBytes: [
      'options that follow in the block are passed over: a name, a description, a count of drops',
      'nowhere: no packet is lost',
    ],
    interfaces: ['the file is taken for damaged', DAMAGE],
    nameBytes: ['the name is cut', 'the name itself'],
    decompressedAheadBytes: ['the decompressor waits', NOTHING_LOST],
    decompressedBytes: ['the file ends there', DAMAGE],
    decompressionRatio: ['the file ends there', DAMAGE],
  },
  filter: {
    expressionUnits: ['the filter is refused', 'the message of the refusal'],
    nesting: ['the filter is refused', 'the message of the refusal'],
    setMembers: ['the filter is refused', 'the message of the refusal'],
    cachedAddresses: ['the oldest are parsed again', NOTHING_LOST],
    matchedUnits: ['the value ends there', 'docs of `matches`'],
    patternInstructions: ['the pattern is refused', 'the message of the refusal'],
  },
  report: {
    textUnits: ['the text is cut', 'an ellipsis'],
    pointerUnits: ['the pointer is cut', 'an ellipsis'],
    kindsPerRule: ['further kinds are only counted', 'the line below the last one'],
    kindsPerBriefRule: ['further kinds are only counted', 'the line below the last one'],
    filesNamed: ['further files are only counted', 'the line below the last one'],
    idsNamed: ['further ids are only counted', 'the line itself'],
    markdownBytes: ['parts are left out', 'the last paragraph'],
    sarifResults: ['further results are left out', 'a notification of the run'],
    sarifLocations: ['further locations are left out', 'the count of the result'],
  },
  dashboard: {
    messages: ['the oldest make room', 'the numbers with which the list begins'],
    spoolBytes: ['the oldest bodies make room', 'the message: its body is gone'],
    spoolBatchBytes: ['they are written', NOTHING_LOST],
    findings: ['the oldest make room', 'the header: limits reached; the counts go on'],
    judgedMessages: [
      'findings of the oldest are not shown beside their message',
      'the header: limits reached; the list of findings has them',
    ],
    liveProblems: ['the oldest are forgotten', 'the header: how many there were'],
    flows: ['those that ended first make room', 'the numbers with which the list begins'],
    streams: ['those that are over make room', 'the numbers with which the list begins'],
    keyFrames: ['the times of the oldest are forgotten', 'the count of key frames goes on'],
    stalls: ['the shorter ones are forgotten', 'nowhere: the longest are shown'],
    frameRatePoints: ['two stretches of time become one', NOTHING_LOST],
    activityPoints: ['two stretches of time become one', NOTHING_LOST],
    lists: ['the longest unused is made anew when it is asked for', NOTHING_LOST],
    rows: ['further rows are asked for by themselves', NOTHING_LOST],
    bodyLines: ['further lines are left out', 'the last line'],
    hexBytes: ['further bytes are left out', 'the heading of the bytes'],
    comparedLines: ['further lines are left out', 'the line of state'],
    lineUnits: ['the line is cut', 'an ellipsis'],
  },
  live: {
    queuedPieces: ['the oldest piece is thrown away', `${LIVE}, as lost packets`],
    stopSeconds: ['the engine is killed', EVENT],
    firstRetrySeconds: ['the engine is started again', EVENT],
    longestRetrySeconds: ['the waits grow no longer', EVENT],
    healthySeconds: ['the waits begin anew', NOTHING_LOST],
    lookSeconds: ['the interface is looked at again', NOTHING_LOST],
    answerSeconds: ['the counts are left as they were', LIVE],
    keptLines: ['the oldest lines are forgotten', NOTHING_LOST],
    lineCharacters: ['the line is cut', 'the line itself'],
    mergedBytes: ['the packets go on in the order in which they came', NOTHING_LOST],
  },
  ring: {
    temporaryFiles: ['the oldest file is removed', 'the packets that it held cannot be saved'],
    temporaryFileBytes: ['the next file begins', NOTHING_LOST],
    folderFileBytes: ['the next file begins', NOTHING_LOST],
    waitingBytes: [
      'the file is ended and packets are left out of the ring',
      `${LIVE}, as packets not written`,
    ],
    retrySeconds: ['it is tried again', EVENT],
    nameAttempts: ['the ring is given up', EVENT],
  },
};
