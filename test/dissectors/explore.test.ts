import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BlockList, isIPv4 } from 'node:net';
import { test } from 'vitest';
import { Packet } from '../../dissectors/core/packet.ts';
import { PacketDecoder, TCP, UDP } from '../../dissectors/packet-decoder.ts';
import { readWithTshark } from './tshark-oracle.ts';
import { formatAddress } from './addresses.ts';

const ROOT = new URL('../../../shared/captures/public/', import.meta.url).pathname;
test('explore', { timeout: 600000 }, () => {
  const out: string[] = [];
  for (const dir of ['ip', 'linktypes', 'tcp', 'tunnels', 'pcap-formats', 'pcapng']) for (const f of readdirSync(ROOT + dir)) {
    const path = `${ROOT}${dir}/${f}`;
    let b: Buffer = readFileSync(path);
    if (b[0] === 0x1f && b[1] === 0x8b) b = gunzipSync(b);
    const magic = b.length >= 24 ? b.readUInt32LE(0) : 0;
    const le = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d;
    const be = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1;
    if (!le && !be) { out.push(`${dir}/${f} SKIP`); continue; }
    const u = (o: number) => (le ? b.readUInt32LE(o) : b.readUInt32BE(o));
    const packets = readWithTshark(path);
    const d = new PacketDecoder({ nestedLayers: 64, fragmentedDatagrams: 256, fragmentBytes: 1 << 22, fragmentSeconds: 60 });
    let at = 24, n = 0;
    const lt = u(20) & 0xffff;
    const diffs = new Map<string, number>();
    const say = (s: string) => diffs.set(s, (diffs.get(s) ?? 0) + 1);
    while (at + 16 <= b.length) {
      const cap = u(at + 8);
      if (at + 16 + cap > b.length) break;
      const p = new Packet();
      p.number = ++n; p.seconds = u(at); p.linkType = lt; p.bytes = b; p.start = at + 16; p.end = p.start + cap; p.wireLength = u(at + 12);
      at = p.end;
      const r = d.decode(p);
      const t = packets[n - 1];
      const mine = r === TCP ? 'tcp' : r === UDP ? 'udp' : 'other';
      if (!t) { say(`no tshark packet; mine ${mine}`); continue; }
      if (t.kind !== mine) { say(`#${n} ${t.protocols.replace(/(ieee8021ah:ethertype:)+/, 'PBB*')} tshark ${t.kind} mine ${mine} out ${r} reason ${d.reason} ${d.detail}`.replace(diffs.size > 6 ? /#\d+/ : /^$/, '#')); continue; }
      if (mine === 'other') continue;
      const src = formatAddress(d.bytes, d.sourceAt, d.addressLength), dst = formatAddress(d.bytes, d.destinationAt, d.addressLength);
      const a = [src, dst, d.sourcePort, d.destinationPort, d.payloadWireLength], e = [t.source, t.destination, t.sourcePort, t.destinationPort, t.payloadLength];
      if (mine === 'tcp') { a.push(d.sequence, d.acknowledgement, d.flags); e.push(t.sequence, t.acknowledgement, t.flags); }
      if (a.join() !== e.join()) say(`#${n} ${t.protocols}\n   mine ${a.join()}\n   tshk ${e.join()}`);
    }
    const k = d.counters;
    out.push(`${dir}/${f} lt ${lt} n ${n}/${packets.length} tcp ${k.tcp} udp ${k.udp} held ${k.held} other ${k.other} und ${k.undecoded} reas ${k.reassembledDatagrams} ${JSON.stringify(k.undecodedKinds())}`);
    for (const [s, c] of diffs) out.push(`    ${c}x ${s}`);
  }
  writeFileSync('/tmp/bench2/explore.txt', out.join('\n'));
});
