import { describe, expect } from 'vitest';
import { extractText } from '../../src/report/text/extract-text.ts';
import { extractPackets, scratch } from '../extract/extracting.ts';
import { interChunk, keyChunk } from '../support/media-writer.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';

const folder = scratch();
const H264 = 2;
const KEY = Buffer.from('000000016588aabb', 'hex');
const INTER = Buffer.concat([Buffer.from('00000001419acc', 'hex'), Buffer.alloc(93)]);

describe('the bytes of an extraction', () => {
  const media = (body: Buffer, sequence: number) => ({ id: 1412, version: 1, sessionId: 11, sequence, body });
  const socket = new Socket(34_567).device(media(keyChunk(H264, KEY), 0));
  for (let n = 1; n <= 4; n++) socket.device(media(interChunk(INTER), n));
  socket.device(media(keyChunk(H264, KEY), 5));
  socket.device({ id: 1543, version: 1, sessionId: 11, body: Buffer.from('PK\x03\x04 archive', 'latin1') });

  reaches(
    'extract.bytes',
    300,
    'a frame beyond and all that follows is left out whole, and counted',
    ({ limits }) => {
      const { manifest, bytes } = extractPackets(socket.packets, folder(), limits.extract);
      expect(manifest.files).toHaveLength(1);
      const [video] = manifest.files;
      expect(video).toMatchObject({ content: 'video', bytes: KEY.length + 2 * INTER.length, frames: 3 });
      expect(bytes(video?.file ?? '').toString('hex')).toBe(
        Buffer.concat([KEY, INTER, INTER]).toString('hex'),
      );
      const left = 2 * INTER.length + KEY.length + 12;
      expect(manifest.leftOut.beyondLimit).toEqual({ frames: 4, bytes: left });
      expect(extractText(manifest).at(-1)).toBe(
        `left out: 4 chunks, ${left} bytes: beyond the limits of files and bytes`,
      );
    },
  );
});
