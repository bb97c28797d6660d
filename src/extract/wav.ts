import { AUDIO_G711_A, AUDIO_G711_U } from '../../dissectors/dvrip/chunk-header.ts';

const AUDIO_PCM16 = 15;

/** WAVE format tags (RFC 2361) and bytes per sample of the codecs that go into a WAV file as they are. */
const FORMATS: ReadonlyMap<number, readonly [tag: number, sampleBytes: number]> = new Map([
  [AUDIO_G711_A, [6, 1]],
  [AUDIO_G711_U, [7, 1]],
  [AUDIO_PCM16, [1, 2]],
]);

export const WAV_HEADER_BYTES = 58;
/** The sizes in the header have 32 bits. */
export const LONGEST_WAV_DATA = 0xffff_ff00;

/** Whether the codec (AUDIO_ numbers) can be kept in a WAV file without decoding it. */
export function fitsWav(codec: number): boolean {
  return FORMATS.has(codec);
}

/**
 * The header of a mono WAV file (RIFF; the fact chunk is required of other formats than PCM):
 *
 * ```
 * "RIFF" size(32) "WAVE"
 * "fmt " 18(32)  tag(16) channels(16) rate(32) bytes-per-second(32) block(16) bits(16) extra = 0(16)
 * "fact" 4(32)   samples(32)
 * "data" size(32)
 * ```
 *
 * @param rate samples per second
 * @param dataBytes bytes of sound behind the header; an odd number is followed by one byte of padding
 */
export function wavHeader(codec: number, rate: number, dataBytes: number): Buffer {
  const [tag, sampleBytes] = FORMATS.get(codec) ?? [0, 1];
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes + (dataBytes & 1), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * sampleBytes, 28);
  header.writeUInt16LE(sampleBytes, 32);
  header.writeUInt16LE(sampleBytes * 8, 34);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(Math.floor(dataBytes / sampleBytes), 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(dataBytes, 54);
  return header;
}
