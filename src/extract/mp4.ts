import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { ExtractedFile } from '../report/records/manifest-schema.ts';
import { runFfmpeg } from './ffmpeg.ts';
import type { FrameLog } from './frame-log.ts';
import type { OutputFolder } from './output-folder.ts';
import type { Recording } from './recordings.ts';
import { STREAM_TYPES, TransportStream } from './transport-stream.ts';

/** A pause of any length is one, not a fault of the clock that ffmpeg would take out. */
const LONGEST_PAUSE_SECONDS = '1000000';

/** Its name in the folder, and its entry in the manifest or why there is none. */
export interface Mp4 {
  readonly name: string;
  readonly entry?: ExtractedFile;
  readonly failure?: string;
}

/**
 * Makes an MP4 file of a recording, beside its video file: the frames as they are, at the times at which they were
 * captured. Undefined where the codec is none that it is made of, or the folder takes no more.
 */
export async function makeMp4(recording: Recording, folder: OutputFolder): Promise<Mp4 | undefined> {
  const { video, frames, sound } = recording;
  const streamType = STREAM_TYPES.get(video.codec ?? '');
  if (streamType === undefined) return undefined;
  const name = video.file.replace(/\.[^.]*$/, '.mp4');
  const file = folder.create(name);
  if (file === undefined) return undefined;
  const path = folder.handOver(file);
  const tagged = video.codec === 'h265' ? ['-tag:v', 'hvc1'] : [];
  const failure = await runFfmpeg(
    [
      // The file that ffmpeg replaces is the empty one that was made anew for it.
      ...['-hide_banner', '-nostdin', '-v', 'error', '-y', '-dts_delta_threshold', LONGEST_PAUSE_SECONDS],
      ...['-protocol_whitelist', 'pipe', '-f', 'mpegts', '-i', 'pipe:0'],
      ...(sound === undefined ? [] : soundInput(folder.pathOf(sound.file), sound.delay)),
      ...['-map', '0:v:0', '-c:v', 'copy', ...tagged, '-video_track_timescale', '90000'],
      ...(sound === undefined ? [] : ['-map', '1:a:0', '-c:a', 'aac']),
      ...['-f', 'mp4', `file:${path}`],
    ],
    transportStream(folder.pathOf(video.file), frames, streamType),
  );
  if (failure !== undefined) {
    folder.remove(file);
    return { name, failure };
  }
  const sha256 = folder.takeBack(file);
  if (sha256 === undefined) return undefined;
  const { rate: _rate, ...facts } = video;
  const entry: ExtractedFile = {
    ...facts,
    file: name,
    content: 'recording',
    bytes: file.bytes,
    sha256,
    frames: frames.count,
    // Places in the video file, not in this one.
    gaps: [],
  };
  return { name, entry };
}

/** Sound that began before the first frame is taken from there on. */
function soundInput(path: string, delay: number): readonly string[] {
  const place = delay < 0 ? ['-ss', (-delay).toFixed(6)] : ['-itsoffset', delay.toFixed(6)];
  return ['-protocol_whitelist', 'file', '-f', 'wav', ...place, '-i', `file:${path}`];
}

/** The frames of a video file, each at its time. */
function* transportStream(path: string, frames: FrameLog, streamType: number): Generator<Buffer> {
  const stream = new TransportStream(streamType);
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    yield stream.tables();
    let at = 0;
    for (const { tick, bytes } of frames.frames()) {
      const frame = Buffer.alloc(bytes);
      const read = readSync(descriptor, frame, 0, bytes, at);
      yield stream.frame(tick, frame.subarray(0, read));
      at += bytes;
    }
  } finally {
    closeSync(descriptor);
  }
}
