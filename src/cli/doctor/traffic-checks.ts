import type { MirrorFacts } from '../../capture/live/mirror-port.ts';
import { formatCount, plural } from '../../report/format/table.ts';
import type { Check } from '../../report/records/host-records.ts';

/** From this share on, a fault is the port's and not of single connections. */
const SHARE = 0.02;
const ONE_SIDED_SHARE = 0.5;

/** What the packets themselves say of the usual faults of a mirror port. */
export function trafficChecks(facts: MirrorFacts): readonly Check[] {
  if (facts.packets === 0) {
    const text = 'no packet came: is the mirror session on, and its source the port of a recorder or camera?';
    return [{ check: 'mirror/traffic', status: 'error', text }];
  }
  return [
    trafficCheck(facts),
    directionCheck(facts),
    duplicateCheck(facts),
    tagCheck(facts),
    truncationCheck(facts),
    joinedCheck(facts),
  ];
}

function trafficCheck({ packets, unicast, dvrip, segments }: MirrorFacts): Check {
  const check = 'mirror/traffic';
  if (dvrip > 0) {
    const text = `${formatCount(dvrip)} of ${plural(packets, 'packet')} are on DVRIP's ports`;
    return { check, status: 'ok', text };
  }
  if (unicast === 0 && segments === 0) {
    const text = `${plural(packets, 'packet')}, all of them to groups or everyone: this port mirrors nothing`;
    return { check, status: 'error', text };
  }
  const text = `${plural(packets, 'packet')}, none on DVRIP's ports; a port that was moved is named with -d tcp.port==N,dvrip`;
  return { check, status: 'warning', text };
}

function directionCheck({ connections, oneSided }: MirrorFacts): Check {
  const check = 'mirror/directions';
  if (connections === 0)
    return { check, status: 'note', text: 'too few TCP packets to tell whether both directions come' };
  const text = `${formatCount(oneSided)} of ${plural(connections, 'TCP connection')} show one direction only`;
  if (oneSided <= ONE_SIDED_SHARE * connections) return { check, status: 'ok', text };
  return { check, status: 'error', text: `${text}: mirror both, ingress and egress, of the source port` };
}

function duplicateCheck({ duplicates, segments }: MirrorFacts): Check {
  const check = 'mirror/duplicates';
  const text = `${formatCount(duplicates)} of ${plural(segments, 'TCP segment')} came twice at once`;
  if (duplicates <= SHARE * segments) return { check, status: 'ok', text };
  return {
    check,
    status: 'warning',
    text: `${text}: both ports of a conversation are mirrored; mirror one of them`,
  };
}

function tagCheck({ tagged, packets }: MirrorFacts): Check {
  const check = 'mirror/vlan-tags';
  if (tagged === 0) return { check, status: 'ok', text: 'no VLAN tags' };
  const text = `${formatCount(tagged)} of ${plural(packets, 'packet')} bear a VLAN tag; a capture filter of your own needs «vlan and …» for them`;
  return { check, status: 'note', text };
}

function truncationCheck({ truncated, packets }: MirrorFacts): Check {
  const check = 'mirror/truncated';
  const text = `${formatCount(truncated)} of ${plural(packets, 'packet')} are cut`;
  if (truncated === 0) return { check, status: 'ok', text };
  const cause = 'by a snap length (-s 0 keeps them whole), or by the mirror session';
  return { check, status: 'error', text: `${text}, ${cause}: messages cannot be read whole` };
}

function joinedCheck({ joined, packets }: MirrorFacts): Check {
  const check = 'mirror/joined-frames';
  const text = `${formatCount(joined)} of ${plural(packets, 'packet')} are longer than the wire carries`;
  if (joined === 0) return { check, status: 'ok', text };
  return { check, status: 'note', text: `${text}: an offload (GRO, LRO, TSO) joined frames` };
}
