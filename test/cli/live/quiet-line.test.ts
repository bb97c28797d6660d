import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { writePcap } from '../../support/capture-writer.ts';
import { jsonBody } from '../../support/dvrip-writer.ts';
import { Socket } from '../../support/socket.ts';
import { startDvrscope } from '../dvrscope.ts';

const MESSAGE = '{"schema":"dvrscope.message/1"';

/** Three questions and answers, of which the last question was not captured: its answer waits for it. */
function withoutLastQuestion(): Buffer {
  const socket = new Socket(34_567);
  for (let i = 0; i < 3; i += 1) {
    const body = jsonBody({ Name: '', SessionID: '0x0000000B' });
    const reply = jsonBody({ Name: '', Ret: 100, SessionID: '0x0000000B' });
    socket.client({ id: 1020, sequence: i, sessionId: 11, body }, 1000 + i);
    socket.device({ id: 1021, sequence: i, version: 1, sessionId: 11, body: reply }, 1000 + i);
  }
  const { packets } = socket;
  return writePcap(packets.toSpliced(packets.length - 2, 1));
}

describe('on a line where nothing more is sent', () => {
  it('an answer that waits in vain for its request is printed all the same', async () => {
    const child = startDvrscope(['live', '-i', '-', '--json']);
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
    });
    child.stdin.write(withoutLastQuestion());
    const answers = () =>
      printed.split('\n').filter((line) => line.startsWith(MESSAGE) && line.includes('"id":1021')).length;
    await expect.poll(answers, { timeout: 20_000 }).toBe(3);
    child.stdin.end();
    await once(child, 'close');
    expect(answers()).toBe(3);
  });
});
