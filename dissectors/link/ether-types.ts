import type { Cursor } from '../core/cursor.ts';
import {
  ARISTA_TIMESTAMP,
  BACKBONE_TAG,
  CISCO_METADATA,
  EDSA_TAG,
  ETHERNET,
  IPV4,
  IPV6,
  LLC,
  MACSEC,
  MPLS,
  NSH,
  OTHER,
  PPP,
  PPPOE,
  VLAN,
  VN_TAG,
} from '../core/layer.ts';
import { UNKNOWN_ETHER_TYPE } from '../core/refusal.ts';

/** IEEE 802.3 clause 3.2.6: up to 1500 the field is a length, from 1536 on a type, between them undefined. */
const LARGEST_LENGTH = 1500;

/** Goes on behind a 16-bit length/type field; `at` is already behind it. */
export function enterEtherType(cursor: Cursor, type: number): void {
  if (type === 0x0800) {
    cursor.next = IPV4;
    return;
  }
  if (type <= LARGEST_LENGTH) {
    cursor.endAt(cursor.at + type);
    cursor.next = LLC;
    return;
  }
  const layer = layerOfEtherType(type);
  if (layer < 0) cursor.refuse(UNKNOWN_ETHER_TYPE, type);
  else cursor.next = layer;
}

/** The layer of an EtherType, or -1. Numbers: IANA «IEEE 802 Numbers» and the vendors named. */
function layerOfEtherType(type: number): number {
  switch (type) {
    case 0x86dd:
      return IPV6;
    case 0x8100: // 802.1Q
    case 0x88a8: // 802.1ad
    case 0x9100: // stacked tags before 802.1ad had a number …
    case 0x9200: // … and other vendors' choice
    case 0x9300:
      return VLAN;
    case 0x8847:
    case 0x8848:
      return MPLS;
    case 0x8864:
      return PPPOE;
    case 0x880b:
      return PPP;
    case 0x6558: // transparent Ethernet bridging, in tunnels
      return ETHERNET;
    case 0x8926: // Cisco, 802.1BR
      return VN_TAG;
    case 0x88e7:
      return BACKBONE_TAG;
    case 0xdada: // Marvell EDSA
      return EDSA_TAG;
    case 0x8909: // Cisco TrustSec inline tag
      return CISCO_METADATA;
    case 0xd28b: // Arista, timestamps of tap aggregators
      return ARISTA_TIMESTAMP;
    case 0x88e5:
      return MACSEC;
    case 0x894f:
      return NSH;
    case 0x0806: // ARP
    case 0x8035: // RARP
    case 0x0842: // wake on LAN
    case 0x2000: // CDP, in GRE
    case 0x22f3: // TRILL
    case 0x8137: // IPX
    case 0x8808: // pause frames
    case 0x8809: // LACP
    case 0x8863: // PPPoE discovery
    case 0x887b: // HomePlug
    case 0x888e: // 802.1X
    case 0x8899: // Realtek
    case 0x88b5: // local experiments
    case 0x88b6:
    case 0x88b7:
    case 0x88cc: // LLDP
    case 0x88e1: // HomePlug AV
    case 0x88f5: // MVRP
    case 0x88f7: // PTP
    case 0x8902: // CFM
    case 0x8912: // mediaxtreme
    case 0x893a: // IEEE 1905.1
    case 0x9000: // loop test
      return OTHER;
    default:
      return -1;
  }
}
