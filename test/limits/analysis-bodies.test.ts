import { describe, expect } from 'vitest';
import { jsonBody, writeMessage } from '../support/dvrip-writer.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

describe('bodies that are not complete', () => {
  const body = jsonBody({ Name: 'General', SessionID: '0x0000000B', General: 'x'.repeat(100) });
  const message = writeMessage({ id: 1040, sessionId: 11, body });
  const byByte = new Socket(34_567);
  for (const byte of message) byByte.client(Buffer.of(byte));

  reaches(
    'conversations.keptBodyBytes',
    1000,
    'what is beyond is not kept, nor where it came from',
    (given) => {
      // The bytes of the body would fit; where each of them was captured would not.
      expect(body.length).toBeLessThan(200);
      const { messages, reached, check } = runLimited(byByte.packets, given.limits);
      expect(messages.map(({ codes }) => codes)).toEqual([['framing/body-not-kept']]);
      expect(reached).toEqual({ keptBodyBytes: 1 });
      expect(check.quality.lacks).toContain('limits');
    },
  );
});
