import { client, DEVICE, ETHERNET, writeIp } from './segments.mjs';

/** @typedef {import('./segments.mjs').Flood} Flood */

const UDP = 17;
const IPV6_FRAGMENT = 44;
const IP_IN_IP = 4;
const MORE = 1;

/** @param {number} last */
function address6(last) {
  const address = Buffer.alloc(16, 0x20);
  address.writeUInt32BE(last >>> 0, 12);
  return address;
}

/** By what dissectors/net/fragments.ts finds the datagram of a fragment. @param {number} source @param {number} id */
function fragmentHash(source, id) {
  let hash = Math.imul(id ^ (UDP << 16) ^ 4, 0x9e3779b1);
  hash = Math.imul(hash ^ source, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash ^ DEVICE.readInt32BE(), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 2;
}

/** How V8 chooses the bucket of a Map for an integer (ComputeUnseededHash): nothing of it is secret. @param {number} key */
function bucketHash(key) {
  let hash = (~key + (key << 15)) | 0;
  hash ^= hash >>> 12;
  hash = (hash + (hash << 2)) | 0;
  hash ^= hash >>> 4;
  hash = Math.imul(hash, 2057);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

/** As many datagrams as are held at once, all of them in one bucket. @returns {readonly { source: Buffer, id: number }[]} */
function oneBucket() {
  const found = [];
  for (let last = 0; found.length < 4096; last++) {
    const source = Buffer.from([10, 9, last >> 8, last]);
    const address = source.readInt32BE();
    for (let id = 0; id < 0x10000; id++) {
      if ((bucketHash(fragmentHash(address, id)) & 0xfff) === 0) found.push({ source, id });
    }
  }
  return found.slice(0, 4096);
}

/**
 * A piece of an IPv4 datagram.
 * @param {import('../capture-writer.mjs').CaptureWriter} writer @param {number} i
 * @param {{ source?: Uint8Array, id: number, block: number, length: number }} piece `block`: where it belongs, in eights of bytes
 */
function fragment(writer, i, { source = client(1).source, id, block, length }) {
  const at = writeIp(writer, i, { source, target: DEVICE, protocol: UDP, length });
  writer.buffer.writeUInt16BE(id & 0xffff, at - 16);
  writer.buffer.writeUInt16BE(0x2000 | block, at - 14);
}

/** @type {Readonly<Record<string, Flood>>} */
export const PACKET_FLOODS = {
  'fragments without end'(writer, n) {
    for (let i = 0; i < n; i++) fragment(writer, i, { id: i & 0x3fff, block: (i >> 3) % 0x1f00, length: 80 });
  },
  'fragments far from the beginning'(writer, n) {
    for (let i = 0; i < n; i++) fragment(writer, i, { id: i, block: 0x1ff0, length: 8 });
  },
  'fragments, each a hole before the other'(writer, n) {
    for (let i = 0; i < n; i++) {
      fragment(writer, i, { id: Math.floor(i / 4000), block: 2 * (3999 - (i % 4000)), length: 8 });
    }
  },
  'fragments over IPv6, each of another datagram'(writer, n) {
    for (let i = 0; i < n; i++) {
      const ends = { source: address6(i), target: address6(0) };
      const at = writeIp(writer, i, { ...ends, protocol: IPV6_FRAGMENT, length: 8 + 16 });
      writer.buffer[at] = UDP;
      writer.buffer.writeUInt16BE(MORE, at + 2);
      writer.buffer.writeUInt32BE(i, at + 4);
    }
  },
  'fragments whose hashes collide'(writer, n) {
    const datagrams = oneBucket();
    for (let i = 0; i < n; i++) {
      const { source, id } = datagrams[i % datagrams.length] ?? { source: DEVICE, id: 0 };
      fragment(writer, i, { source, id, block: 1 + Math.floor(i / datagrams.length) * 2, length: 8 });
    }
  },
  'packets in packets'(writer, n) {
    const depth = 60;
    for (let i = 0; i < n; i++) {
      const length = depth * 20;
      let at = writeIp(writer, i, { source: client(1).source, target: DEVICE, protocol: IP_IN_IP, length });
      for (let left = depth; left > 0; left--, at += 20) {
        writer.buffer[at] = 0x45;
        writer.buffer.writeUInt16BE(left * 20, at + 2);
        writer.buffer[at + 9] = left === 1 ? UDP : IP_IN_IP;
      }
    }
  },
  'VLAN tags in VLAN tags'(writer, n) {
    const tags = 200;
    for (let i = 0; i < n; i++) {
      const at = writer.begin(1_760_000_000 * 1e6 + i, ETHERNET + 4 * tags);
      writer.buffer.fill(0, at, at + ETHERNET + 4 * tags);
      for (let tag = 0; tag < tags; tag++) writer.buffer.writeUInt16BE(0x88a8, at + 12 + 4 * tag);
    }
  },
  'a datagram of discovery each'(writer, n) {
    for (let i = 0; i < n; i++) {
      const body = '{ "Name" : "IPSearch" }\n';
      const length = 8 + 20 + body.length;
      const at = writeIp(writer, i * 10, { source: client(i).source, target: DEVICE, protocol: UDP, length });
      const bytes = writer.buffer;
      bytes.writeUInt16BE(1024 + (i % 60_000), at);
      bytes.writeUInt16BE(34_569, at + 2);
      bytes.writeUInt16BE(length, at + 4);
      bytes[at + 8] = 0xff;
      bytes.writeUInt16LE(1530, at + 22);
      bytes.writeUInt32LE(body.length, at + 24);
      bytes.write(body, at + 28);
    }
  },
};
