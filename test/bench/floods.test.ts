import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FLOODS, PATTERNS, writeFlood } from '../../bench/floods/all-floods.mjs';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { messageFields } from '../../src/report/message-fields.ts';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-floods-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('each flood', () => {
  it.each(Object.keys(FLOODS))(
    '%s: is a whole capture that is as large as it is asked to be',
    async (name) => {
      const path = join(folder, 'flood.pcap');
      const small = writeFlood(name, path, 10_000).bytes;
      const { bytes, packets } = writeFlood(name, path, 20_000);
      expect(bytes / small).toBeGreaterThan(1.8);
      expect(bytes / small).toBeLessThan(2.4);
      const [read] = await readCaptures([path], { packet: () => undefined, drained: () => undefined });
      expect([read?.error, read?.packets, read?.bytes]).toEqual([undefined, packets, bytes]);
    },
  );

  it.each(Object.entries(PATTERNS))('%s: is a filter that is allowed', (_name, pattern) => {
    const fields = messageFields({ seconds: 0, nanoseconds: 0 }, { dialect: 'field', showSecrets: false });
    expect(compileFilter(pattern, fields)).toMatchObject({ kind: 'filter' });
  });
});
