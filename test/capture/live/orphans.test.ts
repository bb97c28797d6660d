import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from '../../cli/dvrscope.ts';
import { hasNoNamespaces, openPair } from '../../support/netns.ts';
import { BuiltPlaces } from './watching.ts';

const impossible = hasNoNamespaces() || isMissing('dumpcap') || isMissing('tcpdump');

/** Processes of which the command line names the interface. */
function processesOn(name: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(name);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    });
}

describe.skipIf(impossible)('an engine on a line where nothing is sent', () => {
  let places: BuiltPlaces;
  let folder = '';
  let script = '';
  beforeAll(async () => {
    places = await BuiltPlaces.build();
    folder = mkdtempSync(join(tmpdir(), 'dvr-parent-'));
    script = join(folder, 'engine-parent.mjs');
    await build({
      input: fileURLToPath(new URL('engine-parent.ts', import.meta.url)),
      platform: 'node',
      logLevel: 'silent',
      output: { file: script, format: 'esm' },
    });
  });
  afterAll(() => {
    places?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A process that captures on the interface, once it does. */
  async function capturing(engine: string, name: string): Promise<ChildProcess> {
    const parent = spawn(process.execPath, [script, engine, name, places.capProcess]);
    await once(parent.stdout, 'data');
    return parent;
  }

  it.each(['tcpdump', 'dumpcap', 'cap'])('ends with us when we are killed: %s', async (engine) => {
    const pair = openPair();
    try {
      const parent = await capturing(engine, pair.mirror);
      expect(processesOn(pair.mirror).length).toBeGreaterThan(1);
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await expect.poll(() => processesOn(pair.mirror), { timeout: 10_000 }).toEqual([]);
    } finally {
      pair.close();
    }
  });

  it.each(['tcpdump', 'dumpcap', 'cap'])('leaves nobody behind when it is stopped: %s', async (engine) => {
    const pair = openPair();
    try {
      const parent = await capturing(engine, pair.mirror);
      parent.kill('SIGTERM');
      const [code] = await once(parent, 'exit');
      expect(code).toBe(0);
      await expect.poll(() => processesOn(pair.mirror), { timeout: 10_000 }).toEqual([]);
    } finally {
      pair.close();
    }
  });
});
