import type { Cursor } from './core/cursor.ts';
import * as layer from './core/layer.ts';
import { UNKNOWN_PAYLOAD } from './core/refusal.ts';
import { decodeArcnet, decodeArcnetLinux } from './link/arcnet.ts';
import { decodeInfiniband, decodeNflog, decodePktap } from './link/capture-headers.ts';
import { decodeDsaEthernet, decodePrependedTag } from './link/ethernet.ts';
import { decodeLinuxCooked, decodeLinuxCooked2 } from './link/linux-cooked.ts';
import { decodeFddi, decodeLlc } from './link/llc.ts';
import { decodeLoopback, decodeRawIp } from './link/loopback.ts';
import { decodeMpls } from './link/mpls.ts';
import { decodeNsh } from './link/nsh.ts';
import {
  decodeCiscoHdlc,
  decodePpp,
  decodePppHdlc,
  decodePppoe,
  decodePppWithDirection,
} from './link/ppp.ts';
import {
  decodeAristaTimestamp,
  decodeBackboneTag,
  decodeCiscoMetadata,
  decodeEdsaTag,
  decodeMacsec,
  decodeVlan,
  decodeVnTag,
} from './link/tags.ts';
import { decodeRadiotap, decodeWifi } from './link/wifi.ts';
import { decodeErspan2, decodeErspan3 } from './net/erspan.ts';
import { decodeGre, decodeWccpRedirect } from './net/gre.ts';
import { decodeAuthenticationHeader, decodeIpv6Fragment, decodeIpv6Options } from './net/ip-extensions.ts';
import { decodeIpv6 } from './net/ipv6.ts';
import { decodeTeredo } from './net/teredo.ts';
import { decodeAyiya, decodeEtherIp, decodeGeneve, decodeGtp, decodeVxlan } from './net/udp-tunnels.ts';
import { decodeUdp } from './transport/udp.ts';

/** Reads the header at the cursor: every layer but the common three, which `PacketDecoder` keeps to itself. */
export function decodeLayer(cursor: Cursor): void {
  switch (cursor.next) {
    case layer.IPV6:
      decodeIpv6(cursor);
      break;
    case layer.UDP_DATAGRAM:
      decodeUdp(cursor);
      break;
    case layer.VLAN:
      decodeVlan(cursor);
      break;
    case layer.LINUX_COOKED:
      decodeLinuxCooked(cursor);
      break;
    case layer.LINUX_COOKED_2:
      decodeLinuxCooked2(cursor);
      break;
    case layer.LOOPBACK:
      decodeLoopback(cursor);
      break;
    case layer.RAW_IP:
      decodeRawIp(cursor);
      break;
    case layer.LLC:
      decodeLlc(cursor);
      break;
    case layer.PPP:
      decodePpp(cursor);
      break;
    case layer.PPP_HDLC:
      decodePppHdlc(cursor);
      break;
    case layer.PPP_WITH_DIRECTION:
      decodePppWithDirection(cursor);
      break;
    case layer.PPPOE:
      decodePppoe(cursor);
      break;
    case layer.MPLS:
      decodeMpls(cursor);
      break;
    case layer.CISCO_HDLC:
      decodeCiscoHdlc(cursor);
      break;
    case layer.IPV6_OPTIONS:
      decodeIpv6Options(cursor);
      break;
    case layer.IPV6_FRAGMENT:
      decodeIpv6Fragment(cursor);
      break;
    case layer.AUTHENTICATION_HEADER:
      decodeAuthenticationHeader(cursor);
      break;
    case layer.GRE:
      decodeGre(cursor);
      break;
    case layer.ERSPAN_2:
      decodeErspan2(cursor);
      break;
    case layer.ERSPAN_3:
      decodeErspan3(cursor);
      break;
    case layer.VXLAN:
      decodeVxlan(cursor);
      break;
    case layer.GENEVE:
      decodeGeneve(cursor);
      break;
    case layer.ETHER_IP:
      decodeEtherIp(cursor);
      break;
    case layer.VN_TAG:
      decodeVnTag(cursor);
      break;
    case layer.BACKBONE_TAG:
      decodeBackboneTag(cursor);
      break;
    case layer.EDSA_TAG:
      decodeEdsaTag(cursor);
      break;
    case layer.DSA_ETHERNET:
      decodeDsaEthernet(cursor);
      break;
    case layer.PREPENDED_TAG:
      decodePrependedTag(cursor);
      break;
    case layer.CISCO_METADATA:
      decodeCiscoMetadata(cursor);
      break;
    case layer.ARISTA_TIMESTAMP:
      decodeAristaTimestamp(cursor);
      break;
    case layer.MACSEC:
      decodeMacsec(cursor);
      break;
    case layer.NSH:
      decodeNsh(cursor);
      break;
    case layer.PKTAP:
      decodePktap(cursor);
      break;
    case layer.NFLOG:
      decodeNflog(cursor);
      break;
    case layer.INFINIBAND:
      decodeInfiniband(cursor);
      break;
    case layer.FDDI:
      decodeFddi(cursor);
      break;
    case layer.WIFI:
      decodeWifi(cursor);
      break;
    case layer.RADIOTAP:
      decodeRadiotap(cursor);
      break;
    case layer.GTP:
      decodeGtp(cursor);
      break;
    case layer.WCCP_REDIRECT:
      decodeWccpRedirect(cursor);
      break;
    case layer.ARCNET:
      decodeArcnet(cursor);
      break;
    case layer.ARCNET_LINUX:
      decodeArcnetLinux(cursor);
      break;
    case layer.AYIYA:
      decodeAyiya(cursor);
      break;
    case layer.TEREDO:
      decodeTeredo(cursor);
      break;
    default:
      cursor.refuse(UNKNOWN_PAYLOAD, cursor.next);
  }
}
