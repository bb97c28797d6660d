import { describe, expect } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import type { LadderLimits } from '../../src/analysis/limits.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { type Ladder, LadderCollector } from '../../src/report/ladder/ladder.ts';
import { ladderSvg } from '../../src/report/ladder/ladder-svg.ts';
import { ladderText } from '../../src/report/ladder/ladder-text.ts';
import { jsonBody } from '../support/dvrip-writer.ts';
import { PacketFeed } from '../support/packet-feed.ts';
import { Socket } from '../support/socket.ts';
import { losesNothing, reaches } from './reaching.ts';

/** Three messages, a login and its answer, and five messages of one session. */
const socket = new Socket(34_567);
for (let n = 0; n < 3; n++) socket.client({ id: 1010, sequence: n, body: jsonBody({}) });
socket.client({ id: 1000, body: jsonBody({ UserName: 'admin' }) });
socket.device({ id: 1001, sessionId: 5, body: jsonBody({ Ret: 100, SessionID: '0x00000005' }) });
for (let n = 0; n < 5; n++)
  socket.client({ id: 1042, sessionId: 5, sequence: n, body: jsonBody({ Name: 'x' }) });

function ladderOf(limits: LadderLimits): Ladder {
  const collector = new LadderCollector(1, limits);
  const analysis = new Analysis(
    {},
    { message: (message) => collector.message(message), flowEnded: (flow) => collector.flowEnded(flow) },
  );
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const packet of socket.packets) feed.push(packet);
  analysis.end();
  const ladder = collector.ladder();
  if (ladder === undefined) throw new Error('no session');
  return ladder;
}

describe('a ladder', () => {
  reaches('ladder.rungs', 4, 'leaves out further rungs, and says how many', ({ limits }) => {
    const ladder = ladderOf(limits.ladder);
    expect(ladder.rungs).toHaveLength(4);
    expect(ladderText(ladder, PLAIN).at(-1)).toMatch(/^and [56] messages that are not drawn$/);
    expect(ladderSvg(ladder).join('')).toMatch(/and [56] messages that are not drawn/);
  });

  losesNothing(
    'ladder.beforeLogin',
    2,
    'begins with the last of what was said before the login',
    ({ limits }) => {
      const ids = ladderOf(limits.ladder).rungs.map(({ id }) => id);
      expect(ids.slice(0, 3)).toEqual([1010, 1000, 1001]);
      expect(ids).toHaveLength(8);
    },
  );
});
