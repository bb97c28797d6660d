/**
 * What a program may use of dvrscope: `import { Analysis, readCaptures } from 'dvrscope'`. Any other module may change
 * without notice. docs/library.md shows how the pieces go together.
 */

// Packets in.

export type { Packet } from '../../dissectors/core/packet.ts';
export type {
  CaptureError,
  CaptureFile,
  CaptureInterface,
  CaptureSink,
  ReadOptions,
} from '../capture/read-captures.ts';
export { readCaptures } from '../capture/read-captures.ts';

// The whole data path, and what it tells of.

export type { Finding } from '../../dissectors/core/finding.ts';
export type { AnalysisListener, AnalysisOptions } from '../analysis/analysis.ts';
export { Analysis, DVRIP_PORTS } from '../analysis/analysis.ts';
export type { Limits } from '../analysis/limits.ts';
export { DEFAULT_LIMITS } from '../analysis/limits.ts';
export type { Flow, StreamConsumer } from '../reassembly/flow.ts';
export type { StreamDirection } from '../reassembly/stream-direction.ts';
export type { MediaStream } from '../session/media-stream.ts';
export type { Message } from '../session/message.ts';
export type { Session } from '../session/session.ts';

// What may be said.

export type { MessageDefinition } from '../../schemas/message.ts';
export type { ObjectDefinition } from '../../schemas/object.ts';
export { OBJECTS } from '../../schemas/objects.ts';
export type { Dialect } from '../../schemas/registry.ts';
export { describeMessage, MESSAGES } from '../../schemas/registry.ts';
export type { ReturnCode } from '../../schemas/return-codes.ts';
export { describeReturnCode, RETURN_CODES } from '../../schemas/return-codes.ts';

// Rules.

export { ALL_RULES } from '../rules/all-rules.ts';
export type { ConformanceOptions } from '../rules/conformance.ts';
export { Conformance } from '../rules/conformance.ts';
export { verdictOf } from '../rules/ledger.ts';
export type { Rule, Severity } from '../rules/rule.ts';

// Filters, as -Y takes them.

export type { FilterResult } from '../filter/compile.ts';
export { compileFilter } from '../filter/compile.ts';
export { messageFields } from '../report/message-fields.ts';

// Records, as --json prints them; secrets hidden unless asked for.

export { flowRecord } from '../report/records/flow-record.ts';
export { messageRecord } from '../report/records/message-record.ts';
export type { FlowRecord, MessageRecord, SessionRecord, SummaryRecord } from '../report/records/schemas.ts';
export { RECORD_SCHEMAS } from '../report/records/schemas.ts';
export { SessionFindings, sessionRecord } from '../report/records/session-record.ts';
export { SummaryCollector } from '../report/summary.ts';

// Text from a capture, made safe for a terminal.

export { safeJson, safeLine, safeLines } from '../report/format/safe-text.ts';
