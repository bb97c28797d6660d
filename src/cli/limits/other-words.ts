import type * as json from '../../../dissectors/dvrip/json-limits.ts';
import type * as capture from '../../capture/limits.ts';
import type * as live from '../../capture/live/limits.ts';
import type * as ring from '../../capture/ring/limits.ts';
import type { MODEL_LIMITS } from '../../dashboard/model/limits.ts';
import type { ExtractLimits } from '../../extract/limits.ts';
import type { FILTER_LIMITS } from '../../filter/limits.ts';
import type { REPORT_LIMITS } from '../../report/check/limits.ts';
import { type LimitWords, NOTHING_LOST } from './limit-words.ts';

/** The numbers among what a module exports. */
type Numbers<M> = { readonly [K in keyof M as M[K] extends number ? K : never]: LimitWords };

const DAMAGE = '`files[].error` of summary, with its byte offset; exit code 3';
const LIVE = 'the line of counts of `live`';

export const CAPTURE_WORDS: Numbers<typeof capture> = {
  CHUNK_BYTES: ['the next piece is read', NOTHING_LOST],
  STANDARD_RECORD_BYTES: [
    'the record is taken for damage, where neither snap length nor link type allow it',
    DAMAGE,
  ],
  LARGE_RECORD_BYTES: ['the record is taken for damage', DAMAGE],
  PACKET_OPTION_BYTES: ['the block is taken for damage', DAMAGE],
  HELD_BLOCK_BYTES: ['what follows in the block is passed over', NOTHING_LOST],
  MOST_INTERFACES: ['the file is taken for damaged', DAMAGE],
  NAME_BYTES: ['the name is cut', 'the name itself'],
  DECOMPRESSED_AHEAD_BYTES: ['the decompressor waits', NOTHING_LOST],
};

export const JSON_WORDS: Numbers<typeof json> = {
  MAX_JSON_DEPTH: ['the body is not read', 'finding `body/not-json`, reason `too-deep`'],
  MAX_JSON_LENGTH: ['the body is not read', 'finding `body/not-json`, reason `too-long`'],
  MAX_MENDED_LENGTH: ['what is not quite JSON is not mended', 'finding `body/not-json`'],
  MAX_JSON_NODES: ['what is not quite JSON is not mended', 'finding `body/not-json`'],
  MAX_LISTED: ['further slips of the body are not listed', NOTHING_LOST],
};

export const FILTER_WORDS: { readonly [K in keyof typeof FILTER_LIMITS]: LimitWords } = {
  expressionUnits: ['the filter is refused', 'the message of the refusal'],
  nesting: ['the filter is refused', 'the message of the refusal'],
  setMembers: ['the filter is refused', 'the message of the refusal'],
  cachedAddresses: ['the oldest are parsed again', NOTHING_LOST],
  matchedUnits: ['the value ends there', 'docs of `matches`'],
  patternInstructions: ['the pattern is refused', 'the message of the refusal'],
};

export const EXTRACT_WORDS: { readonly [K in keyof ExtractLimits]: LimitWords } = {
  files: ['what would begin more files is left out', '`leftOut.beyondLimit` of the manifest'],
  openFiles: ['the longest unused is closed, and opened again later', NOTHING_LOST],
  batchBytes: ['they are written', NOTHING_LOST],
  gapsListed: ['further gaps are only counted', 'the missing bytes of the file'],
  openArchives: ['the oldest archive ends', 'the manifest: its parts are files of their own'],
  framesTimed: ['the recording ends', 'the recording’s length'],
};

export const REPORT_WORDS: { readonly [K in keyof typeof REPORT_LIMITS]: LimitWords } = {
  textUnits: ['the text is cut', 'an ellipsis'],
  pointerUnits: ['the pointer is cut', 'an ellipsis'],
  kindsPerRule: ['further kinds are only counted', 'the line below the last one'],
  kindsPerBriefRule: ['further kinds are only counted', 'the line below the last one'],
  filesNamed: ['further files are only counted', 'the line below the last one'],
  idsNamed: ['further ids are only counted', 'the line itself'],
  markdownBytes: ['parts are left out', 'the last paragraph'],
  sarifResults: ['further results are left out', 'a notification of the run'],
  sarifLocations: ['further locations are left out', 'the count of the result'],
};

export const MODEL_WORDS: { readonly [K in keyof typeof MODEL_LIMITS]: LimitWords } = {
  messages: ['the oldest make room', 'the numbers with which the list begins'],
  spoolBytes: ['the oldest bodies make room', 'the message: its body is gone'],
  spoolBatchBytes: ['they are written', NOTHING_LOST],
  findings: ['the oldest make room', 'the counts go on'],
  judgedMessages: ['findings of the oldest are not shown beside their message', 'the list of findings'],
  liveProblems: ['the oldest are forgotten', NOTHING_LOST],
  flows: ['those that ended first make room', 'the numbers with which the list begins'],
  streams: ['those that are over make room', 'the numbers with which the list begins'],
  keyFrames: ['the oldest are forgotten', NOTHING_LOST],
  stalls: ['the shortest are forgotten', 'the count of the stream'],
  frameRatePoints: ['two stretches of time become one', NOTHING_LOST],
  activityPoints: ['two stretches of time become one', NOTHING_LOST],
  lists: ['the longest unused is made anew when it is asked for', NOTHING_LOST],
  rows: ['further rows are asked for by themselves', NOTHING_LOST],
  bodyLines: ['further lines are left out', 'the last line'],
  hexBytes: ['further bytes are left out', 'the last line'],
  comparedLines: ['further lines are left out', 'the last line'],
  lineUnits: ['the line is cut', 'an ellipsis'],
};

export const LIVE_WORDS: Numbers<typeof live> = {
  PIECE_BYTES: ['the next piece is taken', NOTHING_LOST],
  QUEUED_PIECES: ['the oldest piece is thrown away', `${LIVE}, as lost packets`],
  SPARE_PIECES: ['further buffers are given back', NOTHING_LOST],
  STOP_SECONDS: ['the engine is killed', 'an event of `live`'],
  FIRST_RETRY_SECONDS: ['the engine is started again', 'an event of `live`'],
  LONGEST_RETRY_SECONDS: ['the waits grow no longer', 'an event of `live`'],
  HEALTHY_SECONDS: ['the waits begin anew', NOTHING_LOST],
  LOOK_SECONDS: ['the interface is looked at again', NOTHING_LOST],
  ANSWER_SECONDS: ['the counts are left as they were', LIVE],
  KEPT_LINES: ['the oldest lines are forgotten', NOTHING_LOST],
  LINE_CHARACTERS: ['the line is cut', 'the line itself'],
  NAME_CHARACTERS: ['the name is refused', 'the message of the refusal'],
  MERGED_BYTES: ['the packets go on in the order in which they came', NOTHING_LOST],
  MERGE_LOOKS_PER_SECOND: ['it is looked again later', NOTHING_LOST],
};

export const RING_WORDS: Numbers<typeof ring> = {
  TEMPORARY_FILES: ['the oldest file is removed', 'the packets that it held cannot be saved'],
  TEMPORARY_FILE_BYTES: ['the next file begins', NOTHING_LOST],
  FOLDER_FILE_BYTES: ['the next file begins', NOTHING_LOST],
  WAITING_BYTES: [
    'the file is ended and packets are left out of the ring',
    `${LIVE}, as packets not written`,
  ],
  PIECE_BYTES: ['they are written', NOTHING_LOST],
  RETRY_SECONDS: ['it is tried again', 'an event of `live`'],
  NAME_ATTEMPTS: ['the ring is given up', 'an event of `live`'],
};
