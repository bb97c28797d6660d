import { describe, expect, it } from 'vitest';
import { BodyBudget } from '../../../dissectors/dvrip/body-budget.ts';
import { writeMessage } from '../../support/dvrip-writer.ts';
import { FramingHarness, LIMITS } from './framing-harness.ts';

const control = (body: string, sequence = 0) => writeMessage({ id: 1042, sequence, body: Buffer.from(body) });
const media = (body: string, sequence = 0) => writeMessage({ id: 1412, sequence, body: Buffer.from(body) });
const HTTP = Buffer.from('GET /index.html HTTP/1.1\r\nHost: camera\r\n\r\n');

describe('a framer', () => {
  it('reads one message of one segment', () => {
    const h = new FramingHarness().data(control('hello', 7), 4);
    expect(h.messages).toEqual([
      { id: 1042, sequence: 7, length: 5, body: 'hello', missing: 0, cut: 0, unkept: 0, packets: [4, 4] },
    ]);
    expect(h.end().notes).toEqual(['recognised']);
  });

  it('reads several messages of one segment, and one without a body', () => {
    const h = new FramingHarness().data(
      Buffer.concat([control('one'), control(''), media('two'), control('3')]),
    );
    expect(h.messages.map(({ id, body }) => [id, body])).toEqual([
      [1042, 'one'],
      [1042, ''],
      [1412, 'two'],
      [1042, '3'],
    ]);
    expect(h.end().notes).toEqual(['recognised']);
  });

  it.each(['control', 'media'])('reads one %s message over many segments, wherever they are cut', (kind) => {
    const make = kind === 'control' ? control : media;
    const bytes = Buffer.concat([make('first body', 1), make('the second', 2)]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const h = new FramingHarness().data(bytes.subarray(0, cut), 1).data(bytes.subarray(cut), 2).end();
      expect(h.bodies, `cut at ${cut}`).toEqual(['first body', 'the second']);
      expect(h.messages.map((m) => m.packets)).toEqual([
        [1, cut < 30 ? 2 : 1],
        [cut <= 30 ? 2 : 1, 2],
      ]);
    }
    const h = new FramingHarness();
    bytes.forEach((byte, i) => {
      h.data(Uint8Array.of(byte), i + 1);
    });
    expect(h.messages.map(({ body, packets }) => [body, packets])).toEqual([
      ['first body', [1, 30]],
      ['the second', [31, 60]],
    ]);
  });

  it('names the lowest and the highest packet of a message whose bytes were captured out of order', () => {
    const bytes = media('0123456789');
    const h = new FramingHarness()
      .data(bytes.subarray(0, 24), 9)
      .data(bytes.subarray(24, 27), 4)
      .data(bytes.subarray(27), 6);
    expect(h.messages[0]?.packets).toEqual([4, 9]);
  });

  it('takes any values in a header that is due: rules object, not the framing', () => {
    const strange = writeMessage({
      id: 65_535,
      version: 9,
      reserved1: 77,
      reserved2: 77,
      body: Buffer.from('x'),
    });
    const h = new FramingHarness().data(Buffer.concat([control('a'), strange, control('b')])).end();
    expect(h.messages.map((m) => m.id)).toEqual([1042, 65_535, 1042]);
    expect(h.notes).toEqual(['recognised']);
  });

  it('tells how much of the last message is there when the stream ends', () => {
    const h = new FramingHarness().data(control('0123456789').subarray(0, 24)).end();
    expect(h.messages).toMatchObject([{ body: '0123', cut: 6, missing: 0, length: 10 }]);
    const m = new FramingHarness().data(media('0123456789').subarray(0, 24)).end();
    expect(m.messages).toMatchObject([{ body: '0123', cut: 6 }]);
  });

  it('reports the beginning of a header at the end of the stream', () => {
    const h = new FramingHarness().data(Buffer.concat([control('a'), control('b').subarray(0, 13)])).end();
    expect(h.notes).toEqual(['recognised', 'skipped 13 garbage']);
  });
});

describe('bytes that are no message', () => {
  it('are passed over up to the next header, and reported once', () => {
    const garbage = Buffer.concat([
      Buffer.from('some garbage \xff\xff\xff', 'latin1'),
      Buffer.alloc(50, 0xff),
    ]);
    const stream = Buffer.concat([control('a'), garbage, control('b'), control('c')]);
    for (const size of [1, 7, 19, 20, 21, 1000]) {
      const h = new FramingHarness();
      for (let at = 0; at < stream.length; at += size) h.data(stream.subarray(at, at + size));
      h.end();
      expect([size, h.bodies]).toEqual([size, ['a', 'b', 'c']]);
      expect(h.notes).toEqual(['recognised', `skipped ${garbage.length} garbage`]);
    }
  });

  it('before the first message are reported as such', () => {
    const h = new FramingHarness({ fromStart: false }).data(Buffer.concat([HTTP, control('a')])).end();
    expect(h.bodies).toEqual(['a']);
    expect(h.notes).toEqual(['recognised', `skipped ${HTTP.length} start`]);
  });

  it('are reported at the end where no message follows', () => {
    expect(new FramingHarness().data(HTTP).end().notes).toEqual([`skipped ${HTTP.length} start`]);
  });

  it('follow a header that promises too long a body', () => {
    const long = writeMessage({ id: 1042, length: LIMITS.longestBody + 1 });
    const h = new FramingHarness().data(Buffer.concat([control('a'), long, control('b')])).end();
    expect(h.bodies).toEqual(['a', 'b']);
    expect(h.notes).toEqual(['recognised', `oversized ${LIMITS.longestBody + 1}`, 'skipped 20 garbage']);
  });

  it('are not taken for a header when the id is unknown or the length absurd', () => {
    const unlikely = [
      writeMessage({ id: 5 }),
      writeMessage({ id: 1042, length: 0xffff_ffff }),
      writeMessage({ id: 1042, version: 2 }),
      writeMessage({ id: 1042, reserved1: 2 }),
      writeMessage({ id: 1042, reserved2: 1 }),
    ];
    const h = new FramingHarness({ fromStart: false }).data(Buffer.concat([...unlikely, control('a')])).end();
    expect(h.bodies).toEqual(['a']);
    expect(h.notes).toEqual(['recognised', 'skipped 100 start']);
  });

  it('that could begin a header at each byte are passed over whole, in segments of any size', () => {
    const garbage = Buffer.alloc(3000, 0xff);
    const stream = Buffer.concat([
      control('a'),
      garbage,
      control('b'),
      garbage.subarray(0, 19),
      control('c'),
    ]);
    for (const size of [1, 19, 20, 21, 39, 40, 1000]) {
      const h = new FramingHarness();
      for (let at = 0; at < stream.length; at += size) h.data(stream.subarray(at, at + size));
      expect([size, h.bodies]).toEqual([size, ['a', 'b', 'c']]);
      const oversized = 'oversized 4294967295';
      const notes = ['recognised', oversized, 'skipped 3000 garbage', oversized, 'skipped 19 garbage'];
      expect(h.end().notes).toEqual(notes);
    }
  });

  it('keep the packet number of a header that begins in the segment before', () => {
    const stream = Buffer.concat([Buffer.from('garbage '), control('a')]);
    const h = new FramingHarness({ fromStart: false });
    h.data(stream.subarray(0, 19), 1).data(stream.subarray(19), 2);
    expect(h.messages[0]?.packets).toEqual([1, 2]);
  });
});

describe('a gap', () => {
  it('inside a body leaves the message incomplete and the next one whole', () => {
    const bytes = control('0123456789');
    const h = new FramingHarness()
      .data(bytes.subarray(0, 24))
      .gap(3)
      .data(bytes.subarray(27))
      .data(control('next'));
    expect(h.messages).toMatchObject([
      { body: '0123', missing: 3, cut: 0, length: 10 },
      { body: 'next', missing: 0 },
    ]);
    expect(h.end().notes).toEqual(['recognised']);
  });

  it('inside a media body is handed on in its place', () => {
    const bytes = media('0123456789');
    const h = new FramingHarness()
      .data(bytes.subarray(0, 24))
      .gap(3)
      .data(bytes.subarray(27))
      .data(media('next'));
    expect(h.messages).toMatchObject([
      { body: '0123___789', missing: 3 },
      { body: 'next', missing: 0 },
    ]);
  });

  it('up to the very end of a body leaves the next header in its due place', () => {
    const strange = writeMessage({ id: 40_000, body: Buffer.from('x') });
    const h = new FramingHarness().data(control('0123456789').subarray(0, 24)).gap(6).data(strange).end();
    expect(h.messages.map((m) => [m.id, m.missing])).toEqual([
      [1042, 6],
      [40_000, 0],
    ]);
  });

  it('over a header sets off the search for the next one', () => {
    const rest = Buffer.from('the rest of a lost message');
    const h = new FramingHarness()
      .data(control('0123').subarray(0, 22))
      .gap(50)
      .data(rest)
      .data(control('b'))
      .end();
    expect(h.messages).toMatchObject([{ body: '01', missing: 2 }, { body: 'b' }]);
    expect(h.notes).toEqual(['recognised', `skipped ${rest.length} gap`]);
  });

  it('within a header passes over what came of it', () => {
    const bytes = control('a');
    const h = new FramingHarness()
      .data(bytes)
      .data(bytes.subarray(0, 8))
      .gap(12)
      .data(Buffer.from('a'))
      .data(bytes)
      .end();
    expect(h.bodies).toEqual(['a', 'a']);
    expect(h.notes).toEqual(['recognised', 'skipped 9 gap']);
  });
});

describe('recognition', () => {
  it('gives up another protocol on an unknown port at its first bytes, without a word', () => {
    const h = new FramingHarness({ dvrip: false }).data(HTTP);
    expect(h.framer.givenUp).toBe(true);
    h.data(control('too late')).end();
    expect([h.messages, h.notes]).toEqual([[], []]);
  });

  it('finds DVRIP by content on an unknown port, also when the header comes in pieces', () => {
    for (const cut of [1, 10, 19, 20]) {
      const bytes = control('found');
      const h = new FramingHarness({ dvrip: false })
        .data(bytes.subarray(0, cut))
        .data(bytes.subarray(cut))
        .end();
      expect([cut, h.bodies, h.notes]).toEqual([cut, ['found'], ['recognised']]);
    }
  });

  it('searches a stream on an unknown port that was met in mid-stream, up to its limit', () => {
    const within = new FramingHarness({ dvrip: false, fromStart: false });
    within
      .data(Buffer.alloc(LIMITS.recognitionBytes - 1, 0x41))
      .data(control('found'))
      .end();
    expect([within.bodies, within.notes]).toEqual([['found'], ['recognised', 'skipped 255 start']]);
    const beyond = new FramingHarness({ dvrip: false, fromStart: false });
    beyond.data(Buffer.alloc(LIMITS.recognitionBytes, 0x41)).data(control('lost')).end();
    expect([beyond.framer.givenUp, beyond.bodies, beyond.notes]).toEqual([true, [], []]);
  });

  it('searches likewise where the beginning is a gap', () => {
    const h = new FramingHarness({ dvrip: false })
      .gap(100)
      .data(Buffer.from('rest of it'))
      .data(control('found'))
      .end();
    expect([h.bodies, h.notes]).toEqual([['found'], ['recognised', 'skipped 10 gap']]);
  });

  it('reads on, and accounts for all it passed over, once the other direction proves to be DVRIP', () => {
    const h = new FramingHarness({ dvrip: false }).data(HTTP).data(Buffer.from('more of it'));
    h.framer.trust();
    h.data(Buffer.from('and more')).data(control('a')).end();
    expect(h.bodies).toEqual(['a']);
    expect(h.notes).toEqual(['recognised', `skipped ${HTTP.length + 18} start`]);
  });

  it('names the older protocol of Dahua devices where DVRIP should begin', () => {
    const login = Buffer.alloc(32);
    login[0] = 0xa0;
    login[1] = 5;
    login.set([5, 2, 1, 1, 0, 0, 0xa1, 0xaa], 24);
    expect(new FramingHarness().data(login).end().notes).toEqual(['dahua', 'skipped 32 start']);
    // However it is cut, also where more follows.
    const more = Buffer.concat([login, Buffer.alloc(40)]);
    for (const size of [1, 19, 20, 25, 31, 33]) {
      const cut = new FramingHarness();
      for (let at = 0; at < more.length; at += size) cut.data(more.subarray(at, at + size));
      expect(cut.end().notes, `${size}`).toEqual(['dahua', 'skipped 72 start']);
    }
    // Not in mid-stream, where 32 bytes of anything may look like it.
    expect(new FramingHarness({ fromStart: false }).data(login).end().notes).toEqual(['skipped 32 start']);
  });

  it('expects a header at the start of each datagram', () => {
    const h = new FramingHarness();
    for (const bytes of [
      control('one'),
      Buffer.from('no message at all, no'),
      control('two').subarray(0, 22),
      control('3'),
    ]) {
      h.framer.restart();
      h.data(bytes).end();
    }
    expect(h.messages.map((m) => [m.body, m.cut])).toEqual([
      ['one', 0],
      ['tw', 1],
      ['3', 0],
    ]);
    expect(h.notes).toEqual(['recognised', 'skipped 21 garbage']);
  });
});

describe('the memory for bodies', () => {
  it('is given back with each message', () => {
    const h = new FramingHarness();
    const bytes = control('x'.repeat(100_000));
    h.data(bytes.subarray(0, 50_000));
    expect(h.budget.used).toBeGreaterThanOrEqual(49_980);
    expect(h.budget.used).toBeLessThanOrEqual(100_000);
    h.data(bytes.subarray(50_000));
    expect([h.bodies[0]?.length, h.budget.used]).toEqual([100_000, 0]);
    h.data(bytes.subarray(0, 50_000)).end();
    expect([h.messages[1]?.cut, h.budget.used]).toEqual([50_020, 0]);
    h.data(bytes.subarray(0, 50_000)).gap(60_000);
    expect([h.messages[2]?.missing, h.budget.used]).toEqual([50_020, 0]);
  });

  it('grows with what has come, not with what a header promises', () => {
    const h = new FramingHarness().data(
      writeMessage({ id: 1042, length: LIMITS.longestBody, body: Buffer.from('x') }),
    );
    // And where the bytes came from: two numbers for the one segment.
    expect(h.budget.used).toBeLessThanOrEqual(16 * 1024 + 16);
  });

  it('is bounded over all streams: what is beyond is not kept, the message says so, and the next is whole', () => {
    const budget = new BodyBudget(50_000);
    const bytes = control('x'.repeat(40_000));
    const [one, two] = [new FramingHarness({ budget }), new FramingHarness({ budget })];
    one.data(bytes.subarray(0, 30_000));
    two.data(bytes.subarray(0, 30_000)).data(bytes.subarray(30_000));
    expect(two.messages).toMatchObject([{ body: '', unkept: 40_000, missing: 0, cut: 0 }]);
    expect(budget.refused).toBe(1);
    one.data(bytes.subarray(30_000));
    expect([one.bodies[0]?.length, one.messages[0]?.unkept]).toEqual([40_000, 0]);
    two.data(bytes.subarray(0, 30_000)).data(bytes.subarray(30_000));
    expect([two.bodies[1]?.length, two.messages[1]?.unkept, budget.used]).toEqual([40_000, 0, 0]);
  });
});
