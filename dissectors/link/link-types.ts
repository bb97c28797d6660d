import {
  ARCNET,
  ARCNET_LINUX,
  CISCO_HDLC,
  DSA_ETHERNET,
  ETHERNET,
  FDDI,
  INFINIBAND,
  IPV6,
  LINUX_COOKED,
  LINUX_COOKED_2,
  LOOPBACK,
  NFLOG,
  PKTAP,
  PPP_HDLC,
  PPP_WITH_DIRECTION,
  PPPOE,
  PREPENDED_TAG,
  RADIOTAP,
  RAW_IP,
  UNDECODED,
  WIFI,
} from '../core/layer.ts';

/** LINKTYPE_ number and the layer that reads first (https://www.tcpdump.org/linktypes.html). */
export const LINK_TYPES: readonly (readonly [linkType: number, layer: number])[] = [
  [0, LOOPBACK], // NULL
  [1, ETHERNET],
  [7, ARCNET],
  [9, PPP_HDLC], // PPP, with or without its HDLC address and control bytes
  [10, FDDI],
  [12, RAW_IP], // DLT_RAW as most systems wrote it …
  [14, RAW_IP], // … and as OpenBSD did
  [50, PPP_HDLC],
  [51, PPPOE], // PPP_ETHER: the PPPoE session header first
  [101, RAW_IP],
  [104, CISCO_HDLC],
  [105, WIFI],
  [108, LOOPBACK], // LOOP: the family in network order
  [113, LINUX_COOKED],
  [127, RADIOTAP],
  [129, ARCNET_LINUX],
  [149, PKTAP], // USER2: what Apple used before PKTAP had a number
  [166, PPP_HDLC], // PPP_PPPD: a direction byte in place of the HDLC address
  [204, PPP_WITH_DIRECTION],
  [228, RAW_IP], // IPV4; what writes IPv6 under it exists, and both tcpdump and Wireshark read it
  [229, IPV6],
  [239, NFLOG],
  [240, PREPENDED_TAG], // NETANALYZER: four bytes, then Ethernet
  [242, INFINIBAND],
  [258, PKTAP],
  [276, LINUX_COOKED_2],
  [281, DSA_ETHERNET], // Broadcom tag behind the addresses
  [282, PREPENDED_TAG], // Broadcom tag before the addresses
  [284, DSA_ETHERNET], // Marvell DSA
  [285, ETHERNET], // Marvell EDSA: announced by EtherType 0xDADA
];

const FIRST_LAYERS = new Uint8Array(LINK_TYPES.reduce((size, [linkType]) => Math.max(size, linkType + 1), 0));
for (const [linkType, layer] of LINK_TYPES) FIRST_LAYERS[linkType] = layer;

/** The layer that reads first, or UNDECODED when the link type is not known here. */
export function firstLayer(linkType: number): number {
  return FIRST_LAYERS[linkType] ?? UNDECODED;
}
