import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMissing, sample } from '../cli/dvrscope.ts';
import { extractCapture, scratch, sha256Of } from './extracting.ts';

/** What the simulator logged of a stream; captures/README.md describes it. */
interface ExpectedStream {
  readonly flow: number;
  readonly from: string;
  readonly kind: string;
  readonly videoBytes: number;
  readonly audioBytes: number;
  readonly videoSha256?: string;
  readonly audioSha256?: string;
  readonly fileSha256?: string;
}

const SAMPLES = new URL('../../captures/', import.meta.url);
const WAV_HEADER = 58;

const withStreams = readdirSync(SAMPLES).flatMap((name) => {
  const file = new URL(`${name}/expected.json`, SAMPLES);
  if (!existsSync(file)) return [];
  const { streams } = JSON.parse(readFileSync(file, 'utf8')) as { streams?: readonly ExpectedStream[] };
  return streams === undefined || streams.length === 0 ? [] : [{ name, streams }];
});

const folder = scratch();

it('there are samples of every kind of stream', () => {
  const kinds = new Set(withStreams.flatMap(({ streams }) => streams.map(({ kind }) => kind)));
  for (const kind of ['monitor', 'playback', 'download', 'talk', 'upgrade', 'snapshot']) {
    expect(kinds).toContain(kind);
  }
});

describe.each(withStreams)('what is extracted from $name', ({ name, streams }) => {
  it('is what the simulator sent, byte for byte', async () => {
    const { manifest, bytes } = await extractCapture(sample(name), folder());
    const found = manifest.files.map(({ file, content, flow, from }) => {
      const sound = content === 'audio' ? WAV_HEADER : 0;
      const what = content === 'video' || content === 'audio' ? content : 'file';
      return `${flow} ${from} ${what} ${sha256Of(bytes(file).subarray(sound))}`;
    });
    const sent = streams.flatMap(({ flow, from, ...stream }) => [
      ...(stream.videoBytes > 0 ? [`${flow} ${from} video ${stream.videoSha256}`] : []),
      ...(stream.audioBytes > 0 ? [`${flow} ${from} audio ${stream.audioSha256}`] : []),
      ...(stream.fileSha256 === undefined ? [] : [`${flow} ${from} file ${stream.fileSha256}`]),
    ]);
    expect(found.sort()).toEqual(sent.sort());
    expect(
      manifest.files.every(({ missingBytes, session }) => missingBytes === 0 && session !== undefined),
    ).toBe(true);
  });
});

it('what lacks bytes says where, and how many', async () => {
  const { manifest } = await extractCapture(sample('loss-and-reordering'), folder());
  const video = manifest.files.find(({ content }) => content === 'video');
  expect(video).toMatchObject({ cutFrames: 1, missingBytes: 1448 });
  expect(video?.gaps.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1448);
  expect(video?.gaps.every(({ offset }) => offset > 0 && offset < (video?.bytes ?? 0))).toBe(true);
});

it('a stream met in the middle begins with its first key frame, and what came before is counted', async () => {
  const { manifest } = await extractCapture(sample('started-in-mid-stream'), folder());
  const { frames, bytes } = manifest.leftOut.beforeKeyFrame;
  const video = manifest.files.find(({ content }) => content === 'video');
  // expected.json of the sample: 26 whole video frames of 56,556 bytes.
  expect([frames + (video?.frames ?? 0), bytes + (video?.bytes ?? 0)]).toEqual([26, 56_556]);
});

describe('ffprobe accepts', () => {
  const played = ['monitor-two-sockets', 'playback-to-end', 'talk-both-ways', 'h265-monitor'];

  it.skipIf(isMissing('ffprobe')).each(played)('the video and the sound of %s', async (name) => {
    const { folder: directory, manifest } = await extractCapture(sample(name), folder());
    expect(manifest.files.length).toBeGreaterThan(1);
    for (const { file, content, codec, frames, bytes } of manifest.files) {
      const entries = 'stream=codec_name,nb_read_frames,sample_rate,duration';
      const args = [
        '-v',
        'error',
        '-count_frames',
        '-show_entries',
        entries,
        '-of',
        'json',
        join(directory, file),
      ];
      const probe = spawnSync('ffprobe', args, { encoding: 'utf8' });
      expect([probe.status, probe.stderr]).toEqual([0, '']);
      const { streams } = JSON.parse(probe.stdout) as { streams: readonly Record<string, unknown>[] };
      if (content === 'video') {
        const name = codec === 'h265' ? 'hevc' : 'h264';
        expect(streams).toMatchObject([{ codec_name: name, nb_read_frames: String(frames) }]);
      } else {
        expect(streams).toMatchObject([{ codec_name: 'pcm_alaw', sample_rate: '8000' }]);
        expect(Number(streams[0]?.duration)).toBeCloseTo((bytes - WAV_HEADER) / 8000, 5);
      }
    }
  });
});
