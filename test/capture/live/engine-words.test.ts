import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineWords, explainDeath, kernelDropsIn } from '../../../src/capture/live/engine-words.ts';
import { LIVE_LIMITS } from '../../../src/capture/live/limits.ts';

function linesOf(text: string): readonly string[] {
  const words = new EngineWords(() => undefined);
  words.push(Buffer.from(text));
  words.end();
  return words.lines;
}

describe('what an engine says on its way out', () => {
  // As dumpcap 4.0, tcpdump 4.99 and libpcap 1.10 say it.
  it.each([
    ['tcpdump: nope: No such device exists\n(No such device exists)\n', 'no-such-interface'],
    [
      'Capturing on \'nope\'\ndumpcap: There is no device named "nope".\n(No such device exists)\n',
      'no-such-interface',
    ],
    ['tcpdump: v0: That device is not up\n', 'interface-down'],
    ['Capturing on \'v0\'\ndumpcap: Device "v0" is not up.\n(That device is not up)\n', 'interface-down'],
    [
      'tcpdump: listening on v0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n' +
        'tcpdump: pcap_loop: The interface disappeared\n3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n',
      'interface-down',
    ],
    [
      'Capturing on \'v0\'\nFile: -\ndumpcap: The network adapter "v0" is no longer attached; the capture has stopped.\nPackets captured: 2\n',
      'interface-down',
    ],
    [
      "tcpdump: v0: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n",
      'not-permitted',
    ],
    [
      'dumpcap: You do not have permission to capture on device "v0".\n(socket: Operation not permitted)\n',
      'not-permitted',
    ],
    ["tcpdump: can't parse filter expression: syntax error\n", 'bad-filter'],
    ['dumpcap: Invalid capture filter "tcp prt 5" for interface \'v0\'.\n', 'bad-filter'],
    ["Cannot find module 'cap'\n", 'engine-missing'],
    ['Segmentation fault\n', 'engine-died'],
    ['3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n', 'engine-died'],
    ['', 'engine-died'],
  ])('%j means %s', (text, code) => {
    expect(explainDeath(linesOf(text)).code).toBe(code);
  });

  it('is told without the lines that mean nothing', () => {
    const text = "Capturing on 'v0'\nFile: -\ndumpcap: Out of luck.\nPackets captured: 2\n";
    expect(explainDeath(linesOf(text)).words).toBe('dumpcap: Out of luck.');
  });

  it.each([
    ['5 packets dropped by kernel', 5],
    ['1 packet dropped by kernel', 1],
    ['tcpdump: 5 packets captured, 12 packets received by filter, 7 packets dropped by kernel', 7],
    [
      "Packets received/dropped on interface 'v0': 701/19306 (pcap:19301/dumpcap:2/flushed:3/ps_ifdrop:9) (3.5%)",
      19_306,
    ],
    ['12 packets received by filter', undefined],
    ['Packets captured: 12', undefined],
  ])('%j tells of drops: %s', (line, drops) => {
    expect(kernelDropsIn(line)).toBe(drops);
  });

  it('is kept in lines of bounded number and length, none of which could move a cursor, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 40 }), (pieces) => {
        const heard: string[] = [];
        const words = new EngineWords((line) => heard.push(line));
        for (const piece of pieces) words.push(Buffer.from(piece));
        words.end();
        expect(words.lines.length).toBeLessThanOrEqual(LIVE_LIMITS.keptLines);
        expect(words.lines).toEqual(heard.slice(-words.lines.length || heard.length));
        for (const line of heard) {
          expect(line.length).toBeLessThanOrEqual(LIVE_LIMITS.lineCharacters);
          expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });
});
