import type { Cursor } from '../core/cursor.ts';
import {
  AUTHENTICATION_HEADER,
  ETHER_IP,
  ETHERNET,
  GRE,
  IPV4,
  IPV6,
  IPV6_FRAGMENT,
  IPV6_OPTIONS,
  MPLS,
  NSH,
  OTHER,
  TCP_SEGMENT,
  UDP_DATAGRAM,
} from '../core/layer.ts';
import { UNKNOWN_IP_PROTOCOL } from '../core/refusal.ts';

/** Goes on behind an IP header or extension header that names `protocol`. */
export function enterIpProtocol(cursor: Cursor, protocol: number): void {
  if (protocol === 6) {
    cursor.next = TCP_SEGMENT;
    return;
  }
  const layer = layerOfIpProtocol(protocol);
  if (layer < 0) cursor.refuse(UNKNOWN_IP_PROTOCOL, protocol);
  else cursor.next = layer;
}

/**
 * The layer of an IANA protocol number, or -1. ICMP ends here: what an error message quotes of a TCP or UDP packet
 * is no packet of that connection.
 */
function layerOfIpProtocol(protocol: number): number {
  switch (protocol) {
    case 17:
      return UDP_DATAGRAM;
    case 4:
      return IPV4;
    case 41:
      return IPV6;
    case 47:
      return GRE;
    case 0: // hop-by-hop
    case 43: // routing
    case 60: // destination options
    case 139: // host identity
    case 140: // shim6
      return IPV6_OPTIONS;
    case 44:
      return IPV6_FRAGMENT;
    case 51:
      return AUTHENTICATION_HEADER;
    case 97:
      return ETHER_IP;
    case 137:
      return MPLS;
    case 143: // segment routing, RFC 8986
      return ETHERNET;
    case 145:
      return NSH;
    case 1: // ICMP
    case 2: // IGMP
    case 8: // EGP
    case 33: // DCCP
    case 46: // RSVP
    case 50: // ESP: encrypted
    case 58: // ICMPv6
    case 59: // nothing follows
    case 88: // EIGRP
    case 89: // OSPF
    case 103: // PIM
    case 108: // IPComp: compressed
    case 112: // VRRP, CARP
    case 115: // L2TPv3
    case 124: // IS-IS
    case 132: // SCTP
    case 135: // IPv6 mobility
    case 136: // UDP-Lite
    case 240: // pfsync
      return OTHER;
    default:
      return -1;
  }
}
