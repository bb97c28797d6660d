import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { Extraction } from '../../src/extract/extraction.ts';
import { EXTRACT_LIMITS, type ExtractLimits } from '../../src/extract/limits.ts';
import { OutputFolder } from '../../src/extract/output-folder.ts';
import { type Manifest, manifestSchema } from '../../src/report/records/manifest-schema.ts';
import { type FedPacket, PacketFeed } from '../support/packet-feed.ts';

export interface Extracted {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Content of the file that the manifest lists under this name. */
  bytes(name: string): Buffer;
}

/** A directory of its own for each call, all gone when the tests of the file are. */
export function scratch(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'dvrscope-extract-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  let made = 0;
  return () => {
    made += 1;
    return join(root, String(made));
  };
}

function begin(folder: string, limits: ExtractLimits) {
  const output = new OutputFolder(folder, false, limits);
  const extraction = new Extraction(output, limits);
  const analysis = new Analysis({ mediaTap: (stream) => extraction.tap(stream) }, extraction);
  return { output, extraction, analysis };
}

function end(folder: string, output: OutputFolder, manifest: Manifest): Extracted {
  if (output.failure !== undefined) throw new Error(output.failure);
  const bytes = (name: string) => readFileSync(join(folder, name));
  const written: unknown = JSON.parse(bytes('manifest.json').toString());
  manifestSchema.parse(written);
  const listed = [...manifest.files.map(({ file }) => file), 'manifest.json'].sort();
  const there = readdirSync(folder).sort();
  if (JSON.stringify(listed) !== JSON.stringify(there)) throw new Error(`listed ${listed}, there ${there}`);
  for (const { file, sha256, bytes: length } of manifest.files) {
    const content = bytes(file);
    if (content.length !== length || sha256Of(content) !== sha256)
      throw new Error(`${file} is not as listed`);
  }
  return { folder, manifest, bytes };
}

/** Extracts from packets; the manifest is held against its schema, and the files against the manifest. */
export function extractPackets(
  packets: Iterable<FedPacket>,
  folder: string,
  limits: ExtractLimits = EXTRACT_LIMITS,
): Extracted {
  const { output, extraction, analysis } = begin(folder, limits);
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const packet of packets) feed.push(packet);
  analysis.end();
  return end(folder, output, extraction.finish([]));
}

export async function extractCapture(path: string, folder: string): Promise<Extracted> {
  const { output, extraction, analysis } = begin(folder, EXTRACT_LIMITS);
  const read = await readCaptures([path], { packet: (p) => analysis.push(p), drained: () => undefined });
  analysis.end();
  return end(folder, output, extraction.finish(read));
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
