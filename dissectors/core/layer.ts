/**
 * What a layer decoder may leave in `Cursor.next`. The first five numbers end the decoding and are the answers of
 * `PacketDecoder.decode`; the rest name the layer that reads next. Dense, so that the dispatch is one jump.
 */

/** Nobody here knows what these bytes are, or they break their own format: counted with the reason. */
export const UNDECODED = 0;
export const TCP = 1;
export const UDP = 2;
/** A fragment that waits for the rest of its datagram. */
export const HELD = 3;
/** Understood, and carries neither TCP nor UDP in the clear: ARP, ICMP, routing protocols, encrypted payload. */
export const OTHER = 4;

// The common path first: should an engine test the cases one by one, these are found at once.
export const ETHERNET = 5;
export const IPV4 = 6;
export const TCP_SEGMENT = 7;
export const IPV6 = 8;
export const UDP_DATAGRAM = 9;
export const VLAN = 10;
export const LINUX_COOKED = 11;
export const LINUX_COOKED_2 = 12;
export const LOOPBACK = 13;
export const RAW_IP = 14;
export const LLC = 15;
export const PPP = 16;
export const PPP_HDLC = 17;
export const PPP_WITH_DIRECTION = 18;
export const PPPOE = 19;
export const MPLS = 20;
export const CISCO_HDLC = 21;
export const IPV6_OPTIONS = 22;
export const IPV6_FRAGMENT = 23;
export const FRAGMENT = 24;
export const AUTHENTICATION_HEADER = 25;
export const GRE = 26;
export const ERSPAN_2 = 27;
export const ERSPAN_3 = 28;
export const VXLAN = 29;
export const GENEVE = 30;
export const ETHER_IP = 31;
export const VN_TAG = 32;
export const BACKBONE_TAG = 33;
export const EDSA_TAG = 34;
export const DSA_ETHERNET = 35;
export const PREPENDED_TAG = 36;
export const CISCO_METADATA = 37;
export const ARISTA_TIMESTAMP = 38;
export const MACSEC = 39;
export const NSH = 40;
export const PKTAP = 41;
export const NFLOG = 42;
export const INFINIBAND = 43;
export const FDDI = 44;
export const WIFI = 45;
export const RADIOTAP = 46;
export const GTP = 47;
export const WCCP_REDIRECT = 48;
export const ARCNET = 49;
export const ARCNET_LINUX = 50;
export const AYIYA = 51;
export const TEREDO = 52;

/** For reports and tests: the name of a layer by its number. */
export const LAYER_NAMES: Readonly<Record<number, string>> = {
  [ETHERNET]: 'ethernet',
  [IPV4]: 'ipv4',
  [TCP_SEGMENT]: 'tcp',
  [IPV6]: 'ipv6',
  [UDP_DATAGRAM]: 'udp',
  [VLAN]: 'vlan',
  [LINUX_COOKED]: 'linux-cooked',
  [LINUX_COOKED_2]: 'linux-cooked-v2',
  [LOOPBACK]: 'loopback',
  [RAW_IP]: 'raw-ip',
  [LLC]: 'llc',
  [PPP]: 'ppp',
  [PPP_HDLC]: 'ppp-hdlc',
  [PPP_WITH_DIRECTION]: 'ppp-with-direction',
  [PPPOE]: 'pppoe',
  [MPLS]: 'mpls',
  [CISCO_HDLC]: 'cisco-hdlc',
  [IPV6_OPTIONS]: 'ipv6-options',
  [IPV6_FRAGMENT]: 'ipv6-fragment',
  [FRAGMENT]: 'fragment',
  [AUTHENTICATION_HEADER]: 'authentication-header',
  [GRE]: 'gre',
  [ERSPAN_2]: 'erspan',
  [ERSPAN_3]: 'erspan-iii',
  [VXLAN]: 'vxlan',
  [GENEVE]: 'geneve',
  [ETHER_IP]: 'etherip',
  [VN_TAG]: 'vn-tag',
  [BACKBONE_TAG]: '802.1ah',
  [EDSA_TAG]: 'edsa-tag',
  [DSA_ETHERNET]: 'dsa-tag',
  [PREPENDED_TAG]: 'prepended-tag',
  [CISCO_METADATA]: 'cisco-metadata',
  [ARISTA_TIMESTAMP]: 'arista-timestamp',
  [MACSEC]: 'macsec',
  [NSH]: 'nsh',
  [PKTAP]: 'pktap',
  [NFLOG]: 'nflog',
  [INFINIBAND]: 'infiniband',
  [FDDI]: 'fddi',
  [WIFI]: '802.11',
  [RADIOTAP]: 'radiotap',
  [GTP]: 'gtp',
  [WCCP_REDIRECT]: 'wccp-redirect',
  [ARCNET]: 'arcnet',
  [ARCNET_LINUX]: 'arcnet-linux',
  [AYIYA]: 'ayiya',
  [TEREDO]: 'teredo',
};
