import type { FragmentLimits } from '../../dissectors/dvrip/fragments.ts';
import type { FramingLimits } from '../../dissectors/dvrip/framing.ts';

export interface ConversationLimits {
  readonly framing: FramingLimits;
  readonly fragments: FragmentLimits;
  /** A media chunk longer than this is taken for damage. */
  readonly longestChunk: number;
  /** Media streams followed at once in one direction of a flow. */
  readonly mediaStreams: number;
  /** Media streams followed at once over all flows. */
  readonly mediaStreamsInAll: number;
  /** Bytes of incomplete bodies kept at once over all flows; what is beyond is not kept. */
  readonly keptBodyBytes: number;
  /** Sessions numbered; later ones are shown without a number. */
  readonly sessions: number;
}
