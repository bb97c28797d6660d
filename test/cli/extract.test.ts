import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/report/records/manifest-schema.ts';
import { dvrscope, lines, sample } from './dvrscope.ts';

const root = mkdtempSync(join(tmpdir(), 'dvrscope-extract-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function manifestOf(directory: string) {
  return manifestSchema.parse(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')));
}

describe('extract', () => {
  const capture = sample('monitor-two-sockets');

  it('writes the files and a manifest, and lists them', () => {
    const directory = join(root, 'new', 'deep');
    const { code, stdout, stderr } = dvrscope(['extract', capture, '-o', directory]);
    expect([code, stderr]).toEqual([0, '']);
    const { files, sources } = manifestOf(directory);
    expect(sources).toMatchObject([{ path: capture, packets: 273 }]);
    expect(files.map(({ content }) => content)).toEqual(['video', 'audio']);
    expect(readdirSync(directory)).toEqual([...files.map(({ file }) => file), 'manifest.json']);
    expect(lines(stdout).map((line) => line.split('  ')[0])).toEqual(files.map(({ file }) => file));
  });

  it('names the files by numbers, times and words of its own', () => {
    const directory = join(root, 'names');
    dvrscope(['extract', sample('two-clients'), '-o', directory]);
    for (const { file } of manifestOf(directory).files) {
      expect(file).toMatch(/^\d{3}_session-\d_flow-\d_channel-\d_\d{8}T\d{6}Z_monitor\.(?:h264|wav)$/);
    }
  });

  it('does not touch an extraction that is there, unless it is told to', () => {
    const directory = join(root, 'twice');
    dvrscope(['extract', capture, '-o', directory]);
    const before = readFileSync(join(directory, 'manifest.json'));
    const again = dvrscope(['extract', sample('snapshot'), '-o', directory]);
    expect([again.code, again.stdout]).toEqual([2, '']);
    expect(again.stderr).toContain('--force');
    expect(readFileSync(join(directory, 'manifest.json'))).toEqual(before);
    expect(dvrscope(['extract', capture, '-o', directory, '--force']).code).toBe(0);
    expect(manifestOf(directory).files).toHaveLength(2);
  });

  it('follows no symbolic link and overwrites no file, also where the manifest is missing', () => {
    const made = join(root, 'made');
    dvrscope(['extract', capture, '-o', made]);
    const [first] = manifestOf(made).files;
    const victim = join(root, 'victim');
    writeFileSync(victim, 'precious');
    const directory = join(root, 'trap');
    mkdirSync(directory);
    symlinkSync(victim, join(directory, first?.file ?? ''));
    const { code, stderr } = dvrscope(['extract', capture, '-o', directory]);
    expect(code).toBe(3);
    expect(stderr).toContain('is there already');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    // With --force it is the link that is replaced.
    expect(dvrscope(['extract', capture, '-o', directory, '--force']).code).toBe(0);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(manifestOf(directory).files).toHaveLength(2);
  });

  it('says so where a capture carries nothing to extract', () => {
    const directory = join(root, 'nothing');
    const { code, stdout } = dvrscope(['extract', sample('login-refused'), '-o', directory]);
    expect([code, stdout]).toEqual([0, 'nothing to extract\n']);
    expect(manifestOf(directory).files).toEqual([]);
  });

  it('wants a directory, and one that can be written to', () => {
    expect(dvrscope(['extract', capture])).toMatchObject({ code: 2, stdout: '' });
    const occupied = join(root, 'occupied');
    writeFileSync(occupied, '');
    const { code, stderr } = dvrscope(['extract', capture, '-o', occupied]);
    expect([code, lines(stderr).length]).toEqual([3, 1]);
  });

  it('extracts what comes before the damage of a file, and says with exit code 3 that it is damaged', () => {
    const cut = join(root, 'cut.pcapng');
    const whole = readFileSync(capture);
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const directory = join(root, 'damaged');
    expect(dvrscope(['extract', cut, '-o', directory]).code).toBe(3);
    const [video] = manifestOf(directory).files;
    expect(video?.bytes).toBeGreaterThan(10_000);
    expect(dvrscope(['extract', join(root, 'not-there.pcap'), '-o', join(root, 'none')]).code).toBe(3);
  });
});
