import { z } from 'zod';
import { count, time } from './schema-parts.ts';

const packets = z
  .tuple([z.int().positive(), z.int().positive()])
  .meta({ description: 'lowest and highest number of the records that carry it' });

const gap = z.strictObject({
  offset: count.meta({ description: 'where in the file the missing bytes would stand' }),
  bytes: count,
});

const leftOut = z.strictObject({ frames: count, bytes: count });

/** One file that was extracted. */
const extracted = z.strictObject({
  file: z.string(),
  content: z
    .enum(['video', 'audio', 'recording', 'picture', 'firmware', 'archive', 'text'])
    .meta({ description: 'recording: video and its sound, timed as captured' }),
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z
    .enum(['monitor', 'playback', 'download', 'talk', 'upgrade', 'snapshot', 'export', 'import'])
    .meta({ description: 'what it was sent for' }),
  session: z.int().positive().optional(),
  flow: z.int().positive(),
  from: z.enum(['client', 'device']),
  messageId: z.int().min(0).max(65_535),
  channel: count.optional(),
  codec: z.string().optional(),
  rate: count.optional().meta({ description: 'samples per second' }),
  frames: count.optional(),
  cutFrames: count.optional().meta({ description: 'frames among them of which bytes are missing' }),
  missingBytes: count.meta({ description: 'bytes of it that were never captured' }),
  gaps: z.array(gap).meta({ description: 'where they are missing; the first 1000' }),
  packets: packets.optional().meta({ description: 'of the whole stream' }),
  startTime: time.optional(),
  endTime: time.optional(),
});

/** manifest.json of an extraction. */
export const manifestSchema = z.strictObject({
  schema: z.literal('dvrscope.extract/1'),
  sources: z.array(z.strictObject({ path: z.string(), bytes: count, packets: count })),
  files: z.array(extracted),
  leftOut: z
    .strictObject({
      opaque: leftOut.meta({ description: 'video chunks whose content is no frame of their codec' }),
      beforeKeyFrame: leftOut.meta({ description: 'video before the first key frame of its stream' }),
      audio: leftOut.meta({ description: 'sound in a codec that no WAV file is made of' }),
      beyondLimit: leftOut.meta({
        description: 'what would have begun more files, or needed more bytes, than the limits allow',
      }),
      archivePieces: leftOut.meta({
        description:
          'pieces of archives whose beginning was not captured, or more of which are open than are followed',
      }),
      untimed: leftOut.meta({
        description: 'frames in a video file, but not in its recording: more than are timed, or after a day',
      }),
    })
    .meta({ description: 'captured, but in none of the files' }),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ExtractedFile = Manifest['files'][number];
export type LeftOut = Manifest['leftOut'];
