import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { LocalModel } from '../../src/dashboard/model/local-model.ts';
import { loadedModel } from '../dashboard/model-harness.ts';
import { writePcap } from '../support/capture-writer.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import type { Given } from './reaching.ts';

const folder = mkdtempSync(join(tmpdir(), 'dvrscope-limits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** A capture file of these packets, gone when the tests of the file are. */
export function captureFile(packets: readonly FedPacket[]): string {
  files += 1;
  const path = join(folder, `${files}.pcap`);
  const records = packets.map(({ bytes, seconds = 0 }) => {
    const whole = Math.floor(seconds);
    return { bytes, seconds: whole, nanoseconds: Math.round((seconds - whole) * 1e9) };
  });
  writeFileSync(path, writePcap(records));
  return path;
}

/** What the dashboard knows of a capture that it has read with these limits. */
export function modelOf(path: string, { limits }: Given): Promise<LocalModel> {
  return loadedModel(path, { limits });
}

/** How often a limit was reached, as the header of the screen says. */
export async function reachedIn(model: LocalModel): Promise<Readonly<Record<string, number>>> {
  const { quality } = await model.progress();
  return Object.fromEntries(quality.limits.map(({ limit, reached }) => [limit, reached]));
}
