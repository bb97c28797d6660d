/** Why a packet stays undecoded. What the number beside it (`Cursor.detail`) means depends on the reason. */

/** detail: the LINKTYPE_ number. */
export const UNKNOWN_LINK_TYPE = 0;
/** detail: the EtherType. */
export const UNKNOWN_ETHER_TYPE = 1;
/** detail: the IANA protocol number. */
export const UNKNOWN_IP_PROTOCOL = 2;
/** detail: the layer whose header names a payload that no one here reads. */
export const UNKNOWN_PAYLOAD = 3;
/** detail: the layer whose header contradicts itself or runs past the packet's end on the wire. */
export const MALFORMED = 4;
/** detail: the layer whose header the snap length cut. */
export const CUT_SHORT = 5;
/** detail: the layer that would have been one too many. */
export const TOO_DEEP = 6;

export const REASON_NAMES = [
  'unknown-link-type',
  'unknown-ether-type',
  'unknown-ip-protocol',
  'unknown-payload',
  'malformed',
  'cut-short',
  'too-deep',
] as const;

export type ReasonName = (typeof REASON_NAMES)[number];
