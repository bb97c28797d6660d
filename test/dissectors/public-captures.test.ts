import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  decodeFile,
  decodePublicCaptures,
  decodeWithTshark,
  isHere,
  ROOT,
  TSHARK_IS_WRONG,
} from './public-packets.ts';
import { hasTshark } from './tshark-oracle.ts';

const mustRun = process.env.DVRSCOPE_REQUIRE_TOOLS === '1';
const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0;

describe('the public captures', () => {
  it.skipIf(!isHere || !(mustRun || hasTshark()))(
    'are decoded as tshark decodes them, packet by packet',
    async () => {
      const comparable = await decodePublicCaptures();
      const expected = decodeWithTshark(comparable);
      expect(expected).toHaveLength(comparable.length);
      const line = ({ kind, fields }: Answer) => `${kind} ${fields}`.trimEnd();
      const differing = comparable.flatMap(({ file, number, answer }, i) => {
        const oracle = expected[i];
        const tshark = oracle === undefined ? 'missing' : line(oracle);
        return line(answer) === tshark ? [] : [{ packet: `${file} ${number}`, here: line(answer), tshark }];
      });
      expect(differing.filter(({ packet }) => TSHARK_IS_WRONG[packet] === undefined)).toEqual([]);
      expect(Object.fromEntries(differing.map(({ packet, here }) => [packet, here]))).toEqual(
        TSHARK_IS_WRONG,
      );
      expect(comparable.filter(({ answer }) => answer.kind === 'tcp').length).toBeGreaterThan(5000);
      expect(comparable.filter(({ answer }) => answer.kind === 'udp').length).toBeGreaterThan(300);
    },
  );

  it
    .skipIf(!isHere || !(mustRun || hasTcpdump))
    .each([
      'linktypes/tcpdump__brcm-tag.pcap',
      'linktypes/tcpdump__brcm-tag-prepend.pcap',
      'linktypes/tcpdump__dsa-high-vid.pcap',
      'linktypes/tcpdump__edsa-high-vid.pcap',
      'linktypes/tcpdump__edsa.pcap',
    ])('%s, which this tshark cannot open, holds the packets that tcpdump names', async (file) => {
    const decoded = await decodeFile(file);
    const printed = spawnSync('tcpdump', ['-nr', ROOT + file], { encoding: 'utf8' }).stdout.trimEnd();
    const datagram = /, IP ((?:\d+\.){3}\d+)\.(\d+) > ((?:\d+\.){3}\d+)\.(\d+): /;
    const expected = printed.split('\n').map((line) => datagram.exec(line)?.slice(1) ?? []);
    expect(expected.length).toBeGreaterThan(3);
    expect(decoded.map(({ answer }) => answer.fields.split(' ').slice(0, 4).join(' '))).toEqual(
      expected.map(([from = '', fromPort, to, toPort]) =>
        from === '' ? '' : `${from} ${to} ${fromPort} ${toPort}`,
      ),
    );
  });
});
