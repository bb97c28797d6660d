import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHeader, HEADER_LENGTH, Header, looksLikeHeader } from '../../../dissectors/dvrip/header.ts';
import { writeMessage } from '../../support/dvrip-writer.ts';
import { VOCABULARY } from './framing-harness.ts';

const LONGEST = 1 << 20;

describe('the header', () => {
  it('is read byte for byte as the specification lays it out', () => {
    const bytes = Buffer.from('ff 01 fe 80 9f860100 04030201 63 02 e803 0a000000'.replaceAll(' ', ''), 'hex');
    const header = new Header();
    header.read(Buffer.concat([Buffer.alloc(5), bytes]), 5);
    expect({ ...header }).toEqual({
      version: 1,
      reserved1: 0xfe,
      reserved2: 0x80,
      sessionId: 99_999,
      sequence: 0x0102_0304,
      byte12: 99,
      byte13: 2,
      messageId: 1000,
      bodyLength: 10,
    });
  });

  it('holds every value of every field, and is written as it is read', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    const fields = fc.record({
      id: fc.integer({ min: 0, max: 0xffff }),
      version: byte,
      reserved1: byte,
      reserved2: byte,
      sessionId: word,
      sequence: word,
      byte12: byte,
      byte13: byte,
      length: word,
    });
    fc.assert(
      fc.property(fields, (written) => {
        const bytes = writeMessage(written);
        const header = new Header();
        header.read(bytes, 0);
        const { id, length, ...same } = written;
        expect({ ...header }).toEqual({ ...same, messageId: id, bodyLength: length });
        expect(Buffer.compare(encodeHeader(header), bytes)).toBe(0);
      }),
    );
  });
});

describe('a header where none is due', () => {
  const looks = (message: Parameters<typeof writeMessage>[0]) =>
    looksLikeHeader(writeMessage(message), 0, VOCABULARY, LONGEST);

  it.each([
    ['of a request', { id: 1042 }],
    ['of a device', { id: 1042, version: 1 }],
    ['of an extra stream', { id: 1412, reserved1: 1, length: LONGEST }],
    ['of a stream with sound', { id: 1412, reserved2: 0x80 }],
    ['of a discovery request that sets an address', { id: 1530, reserved1: 0xfe }],
    [
      'with any session, sequence and channel',
      { id: 1412, sessionId: 2 ** 32 - 1, sequence: 2 ** 31, byte12: 255 },
    ],
  ])('is believed: %s', (_what, message) => {
    expect(looks(message)).toBe(true);
  });

  it.each([
    ['another version', { id: 1042, version: 2 }],
    ['another reserved byte', { id: 1042, reserved1: 2 }],
    ['another reserved byte', { id: 1042, reserved2: 0x81 }],
    ['an unknown id', { id: 2000 }],
    ['a body over the cap', { id: 1042, length: LONGEST + 1 }],
    ['a body length that is negative as a signed number', { id: 1042, length: 0x8000_0000 }],
  ])('is not believed with %s', (_what, message) => {
    expect(looks(message)).toBe(false);
  });

  it('is hardly ever seen in random bytes', () => {
    let believed = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: HEADER_LENGTH, maxLength: 2000 }), (bytes) => {
        for (let at = 0; at + HEADER_LENGTH <= bytes.length; at++) {
          if (looksLikeHeader(bytes, at, VOCABULARY, LONGEST)) believed += 1;
        }
      }),
    );
    expect(believed).toBeLessThan(2);
  });
});
