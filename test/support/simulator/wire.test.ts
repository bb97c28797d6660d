import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Message, MessageReader, writeMessage } from './wire.ts';

const octet = fc.integer({ min: 0, max: 255 });
const word = fc.integer({ min: 0, max: 0xffffffff });
const message: fc.Arbitrary<Message> = fc.record({
  id: fc.integer({ min: 0, max: 0xffff }),
  version: octet,
  octet2: octet,
  octet3: octet,
  sessionId: word,
  sequence: word,
  octet12: octet,
  octet13: octet,
  body: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
});

describe('the simulator’s wire format', () => {
  it('reads back what it wrote, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (messages, size) => {
        const stream = Buffer.concat(messages.map(writeMessage));
        const reader = new MessageReader();
        const read: Message[] = [];
        for (let at = 0; at < stream.length; at += size)
          read.push(...reader.push(stream.subarray(at, at + size)));
        expect(read).toEqual(messages);
      }),
    );
  });

  it('either waits for more or refuses, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          const total = new MessageReader()
            .push(Buffer.from(bytes))
            .reduce((sum, one) => sum + one.body.length + 20, 0);
          expect(total).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(String(error)).toContain('the peer sent no DVRIP message');
        }
      }),
    );
  });
});
