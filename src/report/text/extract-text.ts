import { formatCount, plural } from '../format/table.ts';
import type { Manifest } from '../records/manifest-schema.ts';

/** What was extracted, one file a line, then what was left out. */
export function extractText(manifest: Manifest): string[] {
  const { files, leftOut } = manifest;
  const lines = files.map((file) => {
    const facts = [
      ...(file.codec === undefined ? [] : [file.codec]),
      ...(file.frames === undefined ? [] : [plural(file.frames, 'frame')]),
      `${formatCount(file.bytes)} bytes`,
      ...(file.missingBytes === 0 ? [] : [`${plural(file.missingBytes, 'byte')} missing`]),
    ];
    return `${file.file}  ${facts.join(', ')}`;
  });
  if (files.length === 0) lines.push('nothing to extract');
  const reasons = [
    ['no frame of its codec', leftOut.opaque],
    ['video before the first key frame', leftOut.beforeKeyFrame],
    ['sound in a codec without a WAV form', leftOut.audio],
    ['beyond the limits of files and bytes', leftOut.beyondLimit],
    ['pieces of archives without their beginning', leftOut.archivePieces],
    ['not in a recording, beyond the limit of timed frames', leftOut.untimed],
  ] as const;
  for (const [reason, { frames, bytes }] of reasons) {
    if (bytes > 0) lines.push(`left out: ${plural(frames, 'chunk')}, ${formatCount(bytes)} bytes: ${reason}`);
  }
  return lines;
}
