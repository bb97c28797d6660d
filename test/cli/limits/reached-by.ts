const REASSEMBLY = 'test/reassembly/tcp-reassembly.test.ts';
const NET_FRAGMENTS = 'test/dissectors/net/fragments.test.ts';
const DVRIP_FRAGMENTS = 'test/dissectors/dvrip/fragments.test.ts';
const FRAMING = 'test/dissectors/dvrip/framing.test.ts';
const STREAMS = 'test/session/media-streams.test.ts';
const CONVERSATIONS = 'test/session/conversations.test.ts';
const EXTRACTION = 'test/extract/extraction.test.ts';
const JSON_TREE = 'test/dissectors/dvrip/json-tree.test.ts';
const JSON_TEXT = 'test/dissectors/dvrip/text-json.test.ts';
const FILTER = 'test/filter/errors.test.ts';
const MILLION = 'test/report/check/million.test.ts';
const HERE = 'test/cli/limits/reaching.test.ts';

/** For a limit: the test that reaches it and shows what becomes of what is beyond, by its file and the words of its name. */
export const REACHED_BY: Readonly<Record<string, readonly [file: string, sentence: string]>> = {
  'packets.nestedLayers': ['test/dissectors/packet-decoder.test.ts', 'stops at the limit of nested layers'],
  'packets.fragmentedDatagrams': [NET_FRAGMENTS, 'by number: the oldest datagram goes'],
  'packets.fragmentBytes': [NET_FRAGMENTS, 'by bytes: one datagram beyond them is let go'],
  'packets.fragmentSeconds': [NET_FRAGMENTS, 'by age in capture time'],
  'flows.flows': ['test/reassembly/flow-table.test.ts', 'makes room at the limit'],
  'reassembly.pendingBytes': [REASSEMBLY, 'close a hole when too many bytes wait'],
  'reassembly.pendingSegments': [REASSEMBLY, 'close a hole when too many segments wait'],
  'reassembly.pendingBytesInAll': [REASSEMBLY, 'bound what waits over all flows'],
  'reassembly.acknowledgedHolePackets': [REASSEMBLY, 'becomes a gap some packets after'],
  'reassembly.acknowledgedHoleSeconds': [REASSEMBLY, 'becomes a gap some time after'],
  'reassembly.openingSegments': [REASSEMBLY, 'holds the first segments back'],
  'conversations.framing.longestBody': [FRAMING, 'follow a header that promises too long a body'],
  'conversations.framing.recognitionBytes': [
    FRAMING,
    'searches a stream on an unknown port that was met in mid-stream',
  ],
  'conversations.fragments.openMessages': [DVRIP_FRAGMENTS, 'wait for no more messages than the limit'],
  'conversations.fragments.joinedBytes': [DVRIP_FRAGMENTS, 'are not kept beyond the limit of one body'],
  'conversations.bitRatePoints': [STREAMS, 'bound the bit rate over time'],
  'conversations.mediaStreams': [
    CONVERSATIONS,
    'beyond the limit of a direction, or of all, are not followed',
  ],
  'conversations.mediaStreamsInAll': [
    CONVERSATIONS,
    'beyond the limit of a direction, or of all, are not followed',
  ],
  'conversations.mediaStreamsKept': [STREAMS, 'bound the streams that are listed'],
  'conversations.keptBodyBytes': [CONVERSATIONS, 'is not kept beyond the limit over all flows'],
  'conversations.openRequests': ['test/session/exchanges.test.ts', 'are no more than the limit'],
  'conversations.sessions': ['test/session/sessions.test.ts', 'the one that ended first makes room'],
  'conversations.refusedLogins': [HERE, 'refused logins'],
  'conversations.flowsPerSession': [HERE, 'connections of one session'],
  'conversations.mediaSessions': [HERE, 'sessions whose media are remembered'],
  'ladder.rungs': ['test/report/ladder.test.ts', 'leaves out what is beyond its limit'],
  'ladder.beforeLogin': ['test/report/ladder.test.ts', 'begins with what was said before the login'],
  'rules.findingGroups': [HERE, 'kinds of findings'],
  'rules.samplesPerGroup': [HERE, 'findings of one kind'],
  'rules.ruleSessions': [HERE, 'sessions that rules remember'],
  'extract.files': [EXTRACTION, 'of files leave out what would begin more'],
  'extract.openFiles': [EXTRACTION, 'of open files and gathered bytes change nothing'],
  'extract.batchBytes': [EXTRACTION, 'of open files and gathered bytes change nothing'],
  MOST_INTERFACES: ['test/capture/pcapng-parser.test.ts', 'are bounded'],
  DECOMPRESSED_AHEAD_BYTES: [
    'test/capture/compression.test.ts',
    'does not fill the memory when it is a bomb',
  ],
  CHUNK_BYTES: [
    'test/capture/read-captures.test.ts',
    'holds a record that is larger than a chunk in one piece',
  ],
  LARGE_RECORD_BYTES: ['test/capture/read-captures.test.ts', 'never lets a length take memory'],
  MAX_JSON_DEPTH: [JSON_TEXT, 'is refused beyond the depth limit'],
  MAX_MENDED_LENGTH: [JSON_TREE, 'is given up beyond the limits of length, depth and number of values'],
  MAX_JSON_NODES: [JSON_TREE, 'is given up beyond the limits of length, depth and number of values'],
  MAX_LISTED: [JSON_TREE, 'lists 50 slips at most'],
  expressionUnits: [FILTER, 'end a text that is too long at the first unit beyond'],
  nesting: [FILTER, 'end brackets and calls that are nested too deep'],
  setMembers: [FILTER, 'refuse a set with too many members'],
  cachedAddresses: ['test/filter/verdicts.test.ts', 'answers the same for one address after many others'],
  matchedUnits: ['test/filter/pattern.test.ts', 'looks at the first 65,536 units or bytes only'],
  textUnits: ['test/report/check/finding-text.test.ts', 'cuts a long text'],
  kindsPerBriefRule: [
    'test/report/check/formats.test.ts',
    'is brief about notes unless it is asked for more',
  ],
  filesNamed: ['test/report/check/formats.test.ts', 'names a few of many files'],
  markdownBytes: [MILLION, 'leaves parts out of Markdown'],
  sarifResults: [MILLION, 'lists at most as many results and locations in SARIF'],
  sarifLocations: [MILLION, 'lists at most as many results and locations in SARIF'],
};
