import { describe, expect, it } from 'vitest';
import { ACK, FIN, RST, SYN } from '../support/tcp-writer.ts';
import { TcpHarness } from './tcp-harness.ts';

/** A harness behind a handshake: the client's bytes begin at 1000, the device's at 5000. */
function connected(...parameters: ConstructorParameters<typeof TcpHarness>): TcpHarness {
  return new TcpHarness(...parameters).send(
    { sequence: 999, flags: SYN },
    { side: 1, sequence: 4999, acknowledgement: 1000, flags: SYN | ACK },
    { sequence: 1000, acknowledgement: 5000 },
  );
}

describe('a direction', () => {
  it('hands on in-order segments at once', () => {
    const h = connected().send({ sequence: 1000, data: 'one ' });
    expect(h.text()).toBe('one ');
    h.send({ sequence: 1004, data: 'two' }, { side: 1, sequence: 5000, data: 'yes' });
    expect([h.text(), h.text('device')]).toEqual(['one two', 'yes']);
  });

  it('puts segments in order, whatever order they come in', () => {
    const h = connected().send(
      { sequence: 1008, data: 'three' },
      { sequence: 1004, data: 'two ' },
      { sequence: 1000, data: 'one ' },
    );
    expect(h.text()).toBe('one two three');
    expect(h.end().flow().streams[0]).toMatchObject({
      bytes: 13,
      outOfOrderSegments: 2,
      gaps: 0,
      pendingBytes: 0,
    });
  });

  it('runs over the wrap of the sequence number, in order and out of order', () => {
    const first = 0xffff_fffc;
    const h = new TcpHarness().send(
      { sequence: first - 1, flags: SYN },
      { sequence: first + 8, data: 'ijkl' },
      { sequence: first, data: 'ab' },
      { sequence: first + 2, data: 'cdefgh' },
      { sequence: first + 12, data: 'm' },
    );
    expect(h.text()).toBe('abcdefghijklm');
    expect(h.end().flow().streams[0]).toMatchObject({ bytes: 13, gaps: 0, retransmittedBytes: 0 });
  });

  it('counts what comes twice and hands it on once', () => {
    const h = connected().send(
      { sequence: 1000, data: 'abcd' },
      { sequence: 1000, data: 'abcd' },
      { sequence: 1002, data: 'cdef' },
    );
    expect(h.text()).toBe('abcdef');
    expect(h.end().flow().streams[0]).toMatchObject({ retransmittedBytes: 6, conflictingBytes: 0, bytes: 6 });
  });

  it('keeps the first arrival where delivered bytes are sent again with other content', () => {
    const h = connected().send(
      { sequence: 1000, data: 'abcd' },
      { sequence: 1004, data: 'efgh' },
      { sequence: 1002, data: 'cXefYhij' },
    );
    expect(h.text()).toBe('abcdefghij');
    expect(h.end().flow().streams[0]).toMatchObject({ retransmittedBytes: 6, conflictingBytes: 2 });
  });

  it('keeps the first arrival among segments that wait, and fills what is left between them', () => {
    const h = connected().send(
      { sequence: 1002, data: 'cd' },
      { sequence: 1006, data: 'gh' },
      { sequence: 1001, data: 'BCDEFGHI' },
      { sequence: 1000, data: 'a' },
    );
    expect(h.text()).toBe('aBcdEFghI');
    expect(h.end().flow().streams[0]).toMatchObject({ retransmittedBytes: 4, conflictingBytes: 4, bytes: 9 });
  });

  it('is the same behind a mirror of two ports, which captures each packet twice', () => {
    const twice = connected();
    for (const data of ['ab', 'cd', 'ef']) {
      const segment = { sequence: 1000 + 'abcdef'.indexOf(data), data };
      twice.send(segment, segment);
    }
    const fin = { sequence: 1006, flags: FIN | ACK };
    twice.send(fin, fin);
    expect(twice.text()).toBe('abcdef.');
    expect(twice.end().flow().streams[0]).toMatchObject({
      retransmittedBytes: 6,
      gaps: 0,
      outOfOrderSegments: 0,
    });
  });

  it('ignores keep-alive probes, with and without their one byte', () => {
    const h = connected().send(
      { sequence: 1000, data: 'abcd' },
      { sequence: 1003, data: 'X' },
      { sequence: 1003 },
      { sequence: 1004, data: 'ef' },
    );
    expect(h.text()).toBe('abcdef');
    expect(h.end().flow().streams[0]).toMatchObject({ retransmittedBytes: 0, conflictingBytes: 0 });
  });

  it('takes data on the SYN', () => {
    const h = new TcpHarness().send(
      { sequence: 999, flags: SYN, data: 'fast ' },
      { side: 1, sequence: 4999, acknowledgement: 1005, flags: SYN | ACK },
      { sequence: 1005, acknowledgement: 5000, data: 'open' },
    );
    expect(h.text()).toBe('fast open');
  });

  it('says nothing of a connection without data', () => {
    const h = connected().send(
      { sequence: 1000, flags: FIN | ACK },
      { side: 1, sequence: 5000, flags: FIN | ACK },
    );
    expect(h.heard).toEqual([]);
    expect(h.end().flow()).toMatchObject({ closed: true, packets: 5 });
  });
});

describe('the end of a direction', () => {
  it('is its FIN, once all before it has come', () => {
    const h = connected().send({ sequence: 1004, data: 'two', flags: FIN | ACK });
    expect(h.text()).toBe('');
    h.send({ sequence: 1000, data: 'one ' });
    expect(h.text()).toBe('one two.');
  });

  it('counts what is repeated after the FIN, and ignores what lies beyond it', () => {
    const h = connected().send(
      { sequence: 1000, data: 'abcd', flags: FIN | ACK },
      { sequence: 1000, data: 'abXd', flags: FIN | ACK },
      { sequence: 1002, data: 'cdefgh' },
      { sequence: 1004, data: 'beyond' },
    );
    expect(h.end().text()).toBe('abcd.');
    expect(h.flow().streams[0]).toMatchObject({ bytes: 4, retransmittedBytes: 6, conflictingBytes: 1 });
  });

  it('does not move to a FIN that lies behind what was sent', () => {
    const h = connected().send(
      { sequence: 1000, data: 'abcd' },
      { sequence: 1001, flags: FIN | ACK },
      { sequence: 1004, data: 'efgh' },
    );
    expect(h.text()).toBe('abcdefgh');
  });

  it('is a gap and the end where the bytes before the FIN were never captured', () => {
    const h = connected().send({ sequence: 1000, data: 'ab' }, { sequence: 1010, flags: FIN | ACK });
    expect(h.end().text()).toBe('ab<8 end>.');
  });

  it('comes with a reset when the flow closes; the text on a RST is no data', () => {
    const h = connected().send(
      { sequence: 1000, data: 'ab' },
      { sequence: 1002, flags: RST, data: 'go away' },
    );
    expect(h.text()).toBe('ab');
    expect(h.end().text()).toBe('ab.');
    expect(h.flow()).toMatchObject({ reset: true, closed: true });
  });

  it('tells of acknowledged bytes that were never captured', () => {
    const h = connected().send(
      { sequence: 1000, data: 'ab' },
      { side: 1, sequence: 5000, acknowledgement: 1042 },
    );
    expect(h.end().text()).toBe('ab<40 end>.');
    expect(h.flow().streams[0]).toMatchObject({ gaps: 1, gapBytes: 40, bytes: 2 });
  });

  it('does not take the number of an uncaptured FIN for a missing byte', () => {
    const h = connected().send(
      { sequence: 1000, data: 'ab' },
      { side: 1, sequence: 5000, acknowledgement: 1003 },
    );
    expect(h.end().text()).toBe('ab.');
  });
});

describe('a hole', () => {
  it('is kept open while nothing acknowledges it', () => {
    const h = connected().send({ sequence: 1002, data: 'cd' });
    for (let i = 0; i < 500; i++) h.send({ sequence: 1004 + i, data: 'x', seconds: i });
    expect(h.text()).toBe('');
    h.send({ sequence: 1000, data: 'ab' });
    expect(h.text()).toBe(`abcd${'x'.repeat(500)}`);
  });

  it('becomes a gap some packets after the peer has acknowledged past it', () => {
    const h = connected({ acknowledgedHolePackets: 5 }).send(
      { sequence: 1002, data: 'cd' },
      { side: 1, sequence: 5000, acknowledgement: 1004 },
    );
    for (let i = 0; i < 4; i++) h.send({ sequence: 1004 + i, data: 'x' });
    expect(h.text()).toBe('');
    h.send({ sequence: 1008, data: 'x' });
    expect(h.text()).toBe('<2 acknowledged>cdxxxxx');
    expect(h.end().flow().streams[0]).toMatchObject({
      gaps: 1,
      gapBytes: 2,
      bytes: 7,
      outOfOrderSegments: 6,
    });
  });

  it('becomes a gap some time after the peer has acknowledged past it', () => {
    const h = connected().send(
      { sequence: 1002, data: 'cd', seconds: 10 },
      { side: 1, sequence: 5000, acknowledgement: 1004, seconds: 10, nanoseconds: 900_000_000 },
      { side: 1, sequence: 5000, acknowledgement: 1004, seconds: 11, nanoseconds: 800_000_000 },
    );
    expect(h.text()).toBe('');
    h.send({ side: 1, sequence: 5000, acknowledgement: 1004, seconds: 11, nanoseconds: 900_000_000 });
    expect(h.text()).toBe('<2 acknowledged>cd');
  });

  it('may be filled although its acknowledgement was captured first', () => {
    const h = connected().send(
      { side: 1, sequence: 5000, acknowledgement: 1006 },
      { sequence: 1003, data: 'def' },
      { sequence: 1000, data: 'abc' },
    );
    expect(h.text()).toBe('abcdef');
    expect(h.end().flow().streams[0]).toMatchObject({ gaps: 0 });
  });

  it('has its own time to be filled where acknowledgements always come first', () => {
    const h = connected({ acknowledgedHolePackets: 8 });
    // Each acknowledgement is three segments ahead of the data, and every fourth pair of segments is swapped.
    for (let i = 0; i < 200; i += 2) {
      h.send({ side: 1, sequence: 5000, acknowledgement: 1000 + i + 6 });
      const pair = [
        { sequence: 1000 + i, data: 'a' },
        { sequence: 1001 + i, data: 'b' },
      ];
      if (i % 8 === 0) pair.reverse();
      h.send(...pair);
    }
    expect(h.text()).toBe('ab'.repeat(100));
    expect(h.end().flow().streams[0].gaps).toBe(1); // the acknowledged bytes at the end that never came
  });

  it('is given up together with others that the same acknowledgement covers', () => {
    const h = connected({ acknowledgedHolePackets: 3 }).send(
      { sequence: 1001, data: 'b' },
      { sequence: 1003, data: 'd' },
      { sequence: 1005, data: 'f' },
      { side: 1, sequence: 5000, acknowledgement: 1004 },
      { side: 1, sequence: 5000, acknowledgement: 1004 },
      { side: 1, sequence: 5000, acknowledgement: 1004 },
      { side: 1, sequence: 5000, acknowledgement: 1004 },
    );
    expect(h.text()).toBe('<1 acknowledged>b<1 acknowledged>d');
    h.send({ sequence: 1004, data: 'e' });
    expect(h.text()).toBe('<1 acknowledged>b<1 acknowledged>def');
  });

  it('before the FIN becomes a gap when it is acknowledged, and the direction ends', () => {
    const h = connected({ acknowledgedHolePackets: 2 }).send(
      { sequence: 1000, data: 'ab' },
      { sequence: 1005, flags: FIN | ACK },
      { side: 1, sequence: 5000, acknowledgement: 1006 },
      { side: 1, sequence: 5000, acknowledgement: 1006 },
      { side: 1, sequence: 5000, acknowledgement: 1006 },
    );
    expect(h.text()).toBe('ab<3 acknowledged>.');
  });

  it('becomes a gap at the end, and what lies behind it is delivered with its own time', () => {
    const h = connected().send(
      { sequence: 1000, data: 'ab', seconds: 1 },
      { sequence: 1004, data: 'ef', seconds: 2 },
      { sequence: 9000, client: { address: '10.0.0.9', port: 1 }, seconds: 50 },
    );
    expect(h.end().text()).toBe('ab<2 end>ef.');
    expect(h.heard[0]?.runs).toEqual([
      { packet: 4, seconds: 1 },
      { packet: 5, seconds: 2 },
    ]);
  });

  it('does not move on over an acknowledgement that nothing confirms', () => {
    const h = connected().send(
      { sequence: 1000, data: 'ab' },
      { side: 1, sequence: 5000, acknowledgement: 1000 + 2 ** 31 - 1 },
      { sequence: 1002, data: 'cd' },
    );
    for (let i = 0; i < 100; i++) h.send({ sequence: 1004 + i, data: 'x' });
    expect(h.text()).toBe(`abcd${'x'.repeat(100)}`);
  });
});

describe('the limits', () => {
  it('close a hole when too many segments wait, and count it', () => {
    const h = connected({ pendingSegments: 3 });
    for (let i = 0; i < 4; i++) h.send({ sequence: 1001 + 2 * i, data: 'x' });
    expect(h.text()).toBe('<1 buffer-limit>x');
    expect(h.reassembly.limitsReached).toEqual({ pendingBytes: 0, pendingSegments: 1, pendingBytesInAll: 0 });
  });

  it('close a hole when too many bytes wait, and count it', () => {
    const h = connected({ pendingBytes: 10 }).send({ sequence: 1001, data: '0123456789' });
    expect(h.text()).toBe('');
    h.send({ sequence: 1011, data: 'a' });
    expect(h.text()).toBe('<1 buffer-limit>0123456789a');
    expect(h.reassembly.limitsReached.pendingBytes).toBe(1);
  });

  it('bound what waits over all flows, one-byte segments not being for free', () => {
    const h = new TcpHarness({ pendingBytesInAll: 10_000 });
    for (let port = 1; port <= 200; port++) {
      const client = { address: '10.0.0.1', port };
      h.send({ client, sequence: 0, flags: SYN }, { client, sequence: 5, data: 'x' });
    }
    const { pendingBytesInAll } = h.reassembly.limitsReached;
    expect(pendingBytesInAll).toBeGreaterThan(150);
    expect(h.heard).toHaveLength(pendingBytesInAll);
    h.end();
    expect(h.heard.every(({ text }) => text.startsWith('<4 ') && text.endsWith('>x.'))).toBe(true);
    expect(h.heard).toHaveLength(200);
  });

  it('give room back when what waited is delivered', () => {
    const h = connected({ pendingBytesInAll: 2000 });
    for (let i = 0; i < 100; i++) {
      h.send({ sequence: 1001 + 2 * i, data: 'b' }, { sequence: 1000 + 2 * i, data: 'a' });
    }
    expect(h.text()).toBe('ab'.repeat(100));
    expect(h.reassembly.limitsReached.pendingBytesInAll).toBe(0);
  });
});

describe('a capture that starts in mid-stream', () => {
  it('takes up each direction where its first bytes are', () => {
    const h = new TcpHarness().send(
      { sequence: 7000, acknowledgement: 300, data: 'ask' },
      { side: 1, sequence: 300, acknowledgement: 7003, data: 'answer' },
      { sequence: 7003, acknowledgement: 306, data: ' more' },
    );
    expect(h.text()).toBe('ask more');
    expect(h.text('device')).toBe('answer');
    expect(
      h
        .end()
        .flow()
        .streams.map((s) => s.synSeen),
    ).toEqual([false, false]);
  });

  it('holds the first segments back, since the first one captured need not be the first one sent', () => {
    const h = new TcpHarness().send({ sequence: 7004, data: 'two ' }, { sequence: 7000, data: 'one ' });
    expect(h.text()).toBe('');
    h.send({ sequence: 7008, data: 'three ' }, { sequence: 7014, data: 'four' });
    expect(h.text()).toBe('one two three four');
    expect(h.end().flow().streams[0]).toMatchObject({ gaps: 0, retransmittedBytes: 0, bytes: 18 });
  });

  it.each([
    ['a second has passed', { sequence: 7003, seconds: 1 }],
    ['the FIN comes', { sequence: 7003, flags: FIN | ACK }],
    ['the connection is reset', { sequence: 7003, flags: RST }],
    ['the peer acknowledges it', { side: 1 as const, sequence: 1, acknowledgement: 7003 }],
  ])('delivers what it held back when %s', (_what, segment) => {
    const h = new TcpHarness().send({ sequence: 7000, data: 'one' });
    expect(h.text()).toBe('');
    h.send(segment);
    expect(h.text()).toMatch(/^one\.?$/);
  });

  it('delivers what it held back at the end, with the time of its capture', () => {
    const h = new TcpHarness().send({ sequence: 7000, data: 'one', seconds: 7 });
    h.send({ client: { address: '10.0.0.9', port: 1 }, sequence: 1, seconds: 99 });
    expect(h.end().text()).toBe('one.');
    expect(h.heard[0]?.runs).toEqual([{ packet: 1, seconds: 7 }]);
  });

  it('believes a SYN that its data overtook', () => {
    const h = new TcpHarness().send({ sequence: 1003, data: 'def' }, { sequence: 999, flags: SYN });
    expect(h.text()).toBe('');
    h.send({ sequence: 1000, data: 'abc' });
    expect(h.text()).toBe('abcdef');
    expect(h.table.opened).toBe(1);
  });

  it('does not go far back for a segment from before the capture', () => {
    const h = new TcpHarness().send(
      { sequence: 50_000_000, data: 'ab' },
      { sequence: 1, data: 'old' },
      { sequence: 50_000_002, data: 'cd' },
    );
    expect(h.end().text()).toBe('abcd.');
    expect(h.flow().streams[0]).toMatchObject({ retransmittedBytes: 3, gaps: 0 });
  });

  it('is read with one direction only', () => {
    const h = new TcpHarness().send(
      { side: 1, sequence: 300, acknowledgement: 1, data: 'ab' },
      { side: 1, sequence: 302, acknowledgement: 5, data: 'cd' },
    );
    expect(h.end().text('device')).toBe('abcd.');
    expect(h.heard).toHaveLength(1);
  });
});

describe('ports that are used again', () => {
  it('open a new flow with a SYN of another number', () => {
    const h = connected().send({ sequence: 1000, data: 'first' }, { sequence: 70_000, flags: SYN });
    expect(h.text()).toBe('first.');
    h.send(
      { side: 1, sequence: 90_000, acknowledgement: 70_001, flags: SYN | ACK },
      { sequence: 70_001, data: 'second' },
      { side: 1, sequence: 90_001, acknowledgement: 70_007, data: 'hello' },
    );
    h.end();
    expect([h.text('client', 2), h.text('device', 2)]).toEqual(['second.', 'hello.']);
    expect(h.flow(2).streams.map((s) => s.gaps)).toEqual([0, 0]);
  });

  it('do not open one with a repeated SYN or SYN/ACK', () => {
    const h = connected().send(
      { sequence: 999, flags: SYN },
      { side: 1, sequence: 4999, acknowledgement: 1000, flags: SYN | ACK },
      { sequence: 1000, data: 'still here' },
      { sequence: 999, flags: SYN },
    );
    expect(h.end().text()).toBe('still here.');
    expect(h.table.opened).toBe(1);
  });

  it('stay one flow when a stray SYN/ACK comes before the one that counts', () => {
    const h = new TcpHarness().send(
      { sequence: 999, flags: SYN },
      { side: 1, sequence: 77, acknowledgement: 12, flags: SYN | ACK },
      { side: 1, sequence: 4999, acknowledgement: 1000, flags: SYN | ACK },
      { side: 1, sequence: 5000, acknowledgement: 1000, data: 'yes' },
    );
    expect(h.text('device')).toBe('yes');
    expect(h.end().flow().streams[1]).toMatchObject({ gaps: 0, retransmittedBytes: 0 });
    expect(h.table.opened).toBe(1);
  });
});

describe('the snap length', () => {
  it('leaves a gap for the bytes that it cut off', () => {
    const h = connected().send({ sequence: 1000, data: 'abcdef', cut: 4 }, { sequence: 1006, data: 'gh' });
    expect(h.text()).toBe('ab<4 snap-length>gh');
  });

  it('leaves the gap also behind a segment that had to wait', () => {
    const h = connected().send(
      { sequence: 1002, data: 'cdef', cut: 2 },
      { sequence: 1006, data: 'gh' },
      { sequence: 1000, data: 'ab' },
    );
    expect(h.text()).toBe('abcd<2 snap-length>gh');
  });

  it('leaves gaps alone where it cut off all payload', () => {
    const h = new TcpHarness().send(
      { sequence: 1000, data: 'abcd', cut: 4 },
      { sequence: 1004, data: 'efgh', cut: 4 },
      { sequence: 1002, data: 'cdefghijkl', cut: 10 },
    );
    expect(h.end().text()).toBe('<4 snap-length><4 snap-length><4 snap-length>.');
    expect(h.flow().streams[0]).toMatchObject({ bytes: 0, gapBytes: 12 });
  });
});
