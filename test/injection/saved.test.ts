import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isMissing, lines, scratchDirectory } from '../cli/dvrscope.ts';
import { allRows, loadedModel } from '../dashboard/model-harness.ts';
import { hostileCapture, MESSAGES_EACH } from './hostile-capture.ts';
import { STRINGS } from './hostile-strings.ts';
import { ndjson, SVG, text, xml } from './readers.ts';

const write = scratchDirectory();
const CAPTURE = write('hostile.pcapng', hostileCapture());
const folder = mkdtempSync(join(tmpdir(), 'dvrscope-saved-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what the dashboard saves of hostile text', () => {
  it.each([
    ['ndjson', ndjson],
    ['text', text],
  ] as const)('stays text in %s', async (format, reader) => {
    const model = await loadedModel(CAPTURE);
    const path = join(folder, `all.${format}`);
    expect(await model.save({ what: { what: 'all' }, format, path })).toMatchObject({ kind: 'done' });
    const saved = readFileSync(path, 'utf8');
    expect(lines(saved).length).toBeGreaterThanOrEqual(STRINGS.length * MESSAGES_EACH);
    expect(saved).toContain('\\u202egnp.exe');
    reader(saved);
  });

  it.skipIf(isMissing('xmllint'))('stays text in every ladder', async () => {
    const model = await loadedModel(CAPTURE);
    const sessions = await allRows(model, 'sessions');
    expect(sessions).toHaveLength(STRINGS.length);
    for (const { number } of sessions) {
      const path = join(folder, `${number}.svg`);
      const what = { what: 'sessions', numbers: [number] } as const;
      expect(await model.save({ what, format: 'svg', path })).toMatchObject({ kind: 'done' });
      xml(...SVG)(readFileSync(path, 'utf8'));
    }
  });

  it('is named by us where a stream is extracted', async () => {
    const model = await loadedModel(CAPTURE);
    const streams = await allRows(model, 'streams');
    expect(streams.length).toBeGreaterThan(0);
    for (const { number } of streams) {
      const directory = join(folder, `stream-${number}`);
      expect(await model.extract({ stream: number, directory })).toMatchObject({ kind: 'done' });
      for (const name of readdirSync(directory)) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
      text(readFileSync(join(directory, 'manifest.json'), 'utf8'));
    }
  });
});
