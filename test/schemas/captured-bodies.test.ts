import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Header } from '../../dissectors/dvrip/header.ts';
import { parseJsonBody } from '../../dissectors/dvrip/text.ts';
import { type Dialect, describeMessage } from '../../schemas/registry.ts';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { checker, wrongs } from './judging.ts';

const SHARED = new URL('../../../shared/', import.meta.url);
const VECTORS = new URL('field/vectors/', SHARED);
const PYTHON_DVR = new URL('captures/real-clients/python-dvr.pcapng', SHARED);
const SAMPLES = new URL('../../captures/', import.meta.url);

/** What the schemas have against the JSON control messages of a capture. */
async function judgeCapture(path: string, dialect: Dialect) {
  const wrong: string[] = [];
  let judged = 0;
  const analysis = new Analysis(
    { dialect },
    {
      message: ({ content, definition, name, from, number }) => {
        if (content?.kind !== 'json' || definition === undefined) return;
        judged += 1;
        for (const complaint of wrongs(checker.check(definition, content.value))) {
          wrong.push(`${number} ${name} ${from} ${complaint.kind} ${complaint.path.join('/')}`);
        }
      },
    },
  );
  await readCaptures([path], { packet: (packet) => analysis.push(packet), drained: () => undefined });
  analysis.end();
  return { judged, wrong };
}

describe('bodies of captures', () => {
  const names = readdirSync(SAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it.each(names.map(({ name }) => name))('%s: none is wrong', async (name) => {
    const path = new URL(`${name}/capture.pcapng`, SAMPLES).pathname;
    const { judged, wrong } = await judgeCapture(path, name === 'spec-dialect' ? 'spec' : 'field');
    expect(judged).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it.skipIf(!existsSync(PYTHON_DVR))('python-dvr: none is wrong', async () => {
    const { judged, wrong } = await judgeCapture(PYTHON_DVR.pathname, 'field');
    expect(judged).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it.skipIf(!existsSync(VECTORS))('the bodies quoted by others: none is wrong', () => {
    let judged = 0;
    for (const name of readdirSync(VECTORS).filter((file) => file.endsWith('.bin'))) {
      const bytes = readFileSync(new URL(name, VECTORS));
      if (bytes.length <= 20 || bytes[0] !== 0xff) continue;
      const header = new Header();
      header.read(bytes, 0);
      const from = header.messageId % 2 === 0 ? 'client' : 'device';
      const definition = describeMessage('field', header.messageId, from);
      const content = parseJsonBody(bytes, 20, Math.min(bytes.length, 20 + header.bodyLength));
      if (definition === undefined || content.kind !== 'json') continue;
      judged += 1;
      expect(wrongs(checker.check(definition, content.value)), name).toEqual([]);
    }
    expect(judged).toBeGreaterThan(8);
  });
});
