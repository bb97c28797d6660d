/** The footage of the sample captures: test patterns, encoded by ffmpeg. */
import { execFileSync } from 'node:child_process';
import { type Footage, splitH264, splitH265 } from './media-source.ts';
import type { Reels } from './scenario.ts';

const FRAMES_PER_SECOND = 12;

function run(...parameters: readonly string[]): Buffer {
  const options = { maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
  return execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...parameters], options);
}

function pattern(width: number, height: number): string {
  // Grain that stays put makes key frames large and inter frames small, as a camera's are.
  return `testsrc2=size=${width}x${height}:rate=${FRAMES_PER_SECOND},noise=c0s=24:c0f=u`;
}

function footage(width: number, height: number, kilobits: number): Footage {
  const encoder = ['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'medium', '-bf', '0', '-threads', '1'];
  const rate = [
    '-b:v',
    `${kilobits}k`,
    '-g',
    '24',
    '-keyint_min',
    '24',
    '-sc_threshold',
    '0',
    '-pix_fmt',
    'yuv420p',
  ];
  const plain = ['-x264-params', 'slices=1', '-bsf:v', 'filter_units=remove_types=6', '-f', 'h264', '-'];
  const stream = run('-f', 'lavfi', '-i', pattern(width, height), '-t', '4', ...encoder, ...rate, ...plain);
  return splitH264(stream, { width, height, framesPerSecond: FRAMES_PER_SECOND, codec: 2 });
}

function footageH265(width: number, height: number, kilobits: number): Footage {
  const settings =
    'bframes=0:keyint=24:min-keyint=24:scenecut=0:repeat-headers=1:info=0:pools=1:frame-threads=1';
  const encoder = ['-c:v', 'libx265', '-preset', 'fast', '-x265-params', `${settings}:log-level=error`];
  const rate = ['-b:v', `${kilobits}k`, '-pix_fmt', 'yuv420p'];
  const plain = ['-bsf:v', 'filter_units=remove_types=39-40', '-f', 'hevc', '-'];
  const stream = run('-f', 'lavfi', '-i', pattern(width, height), '-t', '4', ...encoder, ...rate, ...plain);
  return splitH265(stream, { width, height, framesPerSecond: FRAMES_PER_SECOND, codec: 3 });
}

export function makeReels(): Reels {
  return {
    main: footage(352, 288, 200),
    extra: footage(176, 144, 64),
    h265: footageH265(240, 320, 96),
    snapshot: run('-f', 'lavfi', '-i', pattern(176, 144), '-frames:v', '1', '-f', 'mjpeg', '-'),
  };
}
