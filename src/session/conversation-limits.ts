import type { FragmentLimits } from '../../dissectors/dvrip/fragments.ts';
import type { FramingLimits } from '../../dissectors/dvrip/framing.ts';
import type { JsonLimits } from '../../dissectors/dvrip/json-limits.ts';
import type { HoldingLimits } from './held-back.ts';
import type { MediaLimits } from './media-streams.ts';
import type { SessionLimits } from './session-table.ts';

export interface ConversationLimits extends SessionLimits, MediaLimits, HoldingLimits {
  readonly framing: FramingLimits;
  readonly fragments: FragmentLimits;
  readonly bodies: JsonLimits;
  /** Bytes of incomplete bodies kept at once over all flows; what is beyond is not kept. */
  readonly keptBodyBytes: number;
  /** Requests of one flow that wait for an answer at once; the oldest beyond counts as unanswered. */
  readonly openRequests: number;
}
