import { z } from 'zod';
import { count, time } from './schema-parts.ts';

const seconds = z.number().nonnegative();

/** One media stream of a session (cli.md, `streams[]` of the session record, and more). */
export const mediaStreamSchema = z.strictObject({
  kind: z.enum(['monitor', 'playback', 'download', 'talk', 'upgrade', 'snapshot']),
  flow: z.int().positive(),
  from: z.enum(['client', 'device']),
  messageId: z.int().min(0).max(65_535),
  channel: count.optional().meta({ description: 'of the request; without one, of the header' }),
  streamType: z.string().optional().meta({ description: 'of the request: Main, Extra1, …' }),
  codec: z.string().optional().meta({ description: 'mpeg4, h264, h265; jpeg of pictures; unknown-N' }),
  width: count.optional(),
  height: count.optional(),
  fps: count.optional().meta({ description: 'as the key frames declare it' }),
  measuredFps: z.number().nonnegative().optional().meta({ description: 'as the frames came' }),
  formatChanges: count.optional().meta({ description: 'times that codec or size changed' }),
  keyFrameSeconds: seconds.optional().meta({ description: 'mean time from key frame to key frame' }),
  audioCodec: z.string().optional().meta({ description: 'g711a, g711u, …; unknown-N' }),
  audioRate: count.optional().meta({ description: 'samples per second' }),
  iFrames: count.meta({ description: 'FC chunks captured whole' }),
  pFrames: count.meta({ description: 'FD chunks captured whole' }),
  audioFrames: count,
  pictures: count,
  informationChunks: count.optional().meta({ description: 'F9 chunks' }),
  opaqueFrames: count.meta({ description: 'frames that do not begin as frames of their codec do' }),
  cutFrames: count.meta({ description: 'frames of which bytes are missing' }),
  videoBytes: count.meta({ description: 'of whole frames, without chunk headers' }),
  audioBytes: count,
  messages: count,
  packets: z
    .tuple([z.int().positive(), z.int().positive()])
    .optional()
    .meta({ description: 'lowest and highest number of the records that carry it' }),
  bytes: count.meta({ description: 'of all bodies, as far as they were captured' }),
  gapBytes: count.meta({ description: 'of bodies, not captured' }),
  strayBytes: count.meta({ description: 'that belong to no chunk' }),
  lostPackets: count.meta({ description: 'messages that the sequence numbers count and the capture lacks' }),
  sequenceRestarts: count.optional().meta({ description: 'times the sequence number went back' }),
  meanBitRate: count.optional().meta({ description: 'bits per second' }),
  bitRate: z
    .strictObject({
      stretchSeconds: z.int().positive(),
      bitsPerSecond: z.array(count).meta({ description: 'mean of each stretch' }),
    })
    .meta({ description: 'over time, from startTime on' }),
  longestStallSeconds: seconds
    .optional()
    .meta({ description: 'longest time from one video frame to the next; of sound where there is no video' }),
  deviceStartTime: z
    .string()
    .optional()
    .meta({ description: 'local time of the device in the first key frame, YYYY-MM-DDThh:mm:ss' }),
  clockDriftSeconds: z.number().optional().meta({
    description: "what the device's clock gained on the capture's from the first key frame to the last",
  }),
  ending: z
    .enum(['open', 'end-flag', 'stopped'])
    .meta({ description: 'how it ended, as far as anybody said so' }),
  startTime: time.optional(),
  endTime: time.optional(),
});

export type MediaStreamRecord = z.infer<typeof mediaStreamSchema>;
