import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { type Ladder, LadderCollector, type Rung } from '../../src/report/ladder/ladder.ts';
import { ladderSvg } from '../../src/report/ladder/ladder-svg.ts';
import { ladderText } from '../../src/report/ladder/ladder-text.ts';
import { jsonBody, type WrittenMessage, writeChunk } from '../support/dvrip-writer.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';

const login: WrittenMessage = { id: 1000, body: jsonBody({ UserName: 'admin' }) };
const accepted: WrittenMessage = {
  id: 1001,
  sessionId: 5,
  body: jsonBody({ Ret: 100, SessionID: '0x00000005' }),
};
const ask = (id: number): WrittenMessage => ({ id, sessionId: 5, body: jsonBody({ Name: 'KeepAlive' }) });
const frame: WrittenMessage = { id: 1412, sessionId: 5, body: writeChunk(0xfd, Buffer.alloc(92)) };

function collect(packets: readonly FedPacket[], limits = { rungs: 100, beforeLogin: 4 }): Ladder | undefined {
  const collector = new LadderCollector(1, limits);
  const analysis = new Analysis(
    {},
    { message: (m) => collector.message(m), flowEnded: (flow) => collector.flowEnded(flow) },
  );
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const packet of packets) feed.push(packet);
  analysis.end();
  return collector.ladder();
}

const words = (ladder: Ladder | undefined) =>
  ladder?.rungs.map(({ id, count, flow, sender }) => `${flow} ${sender} ${id} x${count}`);

describe('a ladder', () => {
  it('folds media and keepalives over each other, until something else is said', () => {
    const control = new Socket(34_567, 50_001).client(login, 0).device(accepted, 1);
    const media = new Socket(34_567, 50_002)
      .device(frame, 2)
      .device(frame, 4)
      .device(frame, 8)
      .device(frame, 9);
    control.client(ask(1006), 3).client(ask(1006), 5).client(ask(1042), 7);
    const packets = [...control.packets, ...media.packets].sort(
      (a, b) => (a.seconds ?? 0) - (b.seconds ?? 0),
    );
    expect(words(collect(packets))).toEqual([
      '1 client 1000 x1',
      '1 device 1001 x1',
      '2 device 1412 x2',
      '1 client 1006 x2',
      '1 client 1042 x1',
      '2 device 1412 x2',
    ]);
  });

  it('leaves out what is beyond its limit, and says how much', () => {
    const socket = new Socket(34_567).client(login).device(accepted);
    for (let i = 0; i < 5; i++) socket.client(ask(1042));
    const ladder = collect(socket.packets, { rungs: 3, beforeLogin: 4 });
    expect([ladder?.rungs.length, ladder?.left]).toEqual([3, 4]);
    expect(ladderText(ladder ?? EMPTY, PLAIN).at(-1)).toBe('and 4 messages that are not drawn');
  });

  it('begins with what was said before the login, as far as the limit keeps it', () => {
    const hello: WrittenMessage = { id: 1010, body: jsonBody({}) };
    const socket = new Socket(34_567)
      .client(hello)
      .client(hello)
      .client(hello)
      .client(login)
      .device(accepted);
    const ladder = collect(socket.packets, { rungs: 100, beforeLogin: 3 });
    expect(ladder?.rungs.map(({ id }) => id)).toEqual([1010, 1010, 1000, 1001]);
  });

  it('is not there for a session that is not', () => {
    expect(collect(new Socket(34_567).client(login).packets)).toBeUndefined();
  });
});

const EMPTY: Ladder = { session: 1, flows: [], rungs: [], left: 0 };

function rung(flow: number, name: string): Rung {
  const [from, until, id, count, bytes] = [0, 0, 1000, 1, 10];
  const [sender, remark] = ['client', ''] as const;
  const [valid, media] = [true, false];
  return {
    number: 1,
    from,
    until,
    flow,
    sender,
    id,
    name,
    remark,
    response: undefined,
    valid,
    media,
    count,
    bytes,
  };
}

describe('the drawing', () => {
  it('escapes all text', () => {
    const flows = [{ flow: 1, client: '<a&b>', device: ']]>' }];
    const svg = ladderSvg({ session: 1, flows, rungs: [rung(1, '</text><script>\u0007')], left: 0 }).join(
      '\n',
    );
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;\\x07');
    expect(svg).toContain('client &lt;a&amp;b&gt;');
    expect(svg).toContain('device ]]&gt;');
  });

  it('gives the sockets beyond the sixth one column, where each line names its flow', () => {
    const flows = Array.from({ length: 8 }, (_, i) => ({ flow: i + 1, client: `c:${i + 1}`, device: 'd:1' }));
    const lines = ladderText(
      { session: 1, flows, rungs: [rung(1, 'ONE'), rung(8, 'EIGHT')], left: 0 },
      PLAIN,
    );
    expect(lines[1]).toMatch(/flow 5 {2}c:5 +other flows$/);
    expect(lines[2]).toMatch(/──▶ 1000 ONE +│ +│ +│ +│ +│$/);
    expect(lines[3]).toMatch(/│ +│ +│ +│ +│ +──▶ flow 8 1000 EIGHT$/);
  });
});
