import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Analysis } from '../../../src/analysis/analysis.ts';
import { Extraction, MANIFEST } from '../../../src/extract/extraction.ts';
import { EXTRACT_LIMITS } from '../../../src/extract/limits.ts';
import { OutputFolder } from '../../../src/extract/output-folder.ts';
import { RECORD_SCHEMAS } from '../../../src/report/records/schemas.ts';
import { extractText } from '../../../src/report/text/extract-text.ts';
import type { Corpus } from '../corpus.ts';
import { feed } from '../pcap.ts';
import { must, mustAgree, mustBeSafe, type Target } from '../target.ts';
import { scratchFolder } from './readers.ts';

const LIMITS = { ...EXTRACT_LIMITS, files: 60, openFiles: 4, batchBytes: 1000, openArchives: 4 };

function extract(input: Buffer): void {
  const outside = mkdtempSync(join(scratchFolder(), 'out-'));
  try {
    const inside = join(outside, 'here');
    const folder = new OutputFolder(inside, false, LIMITS);
    const extraction = new Extraction(folder, LIMITS);
    const analysis = new Analysis(
      { mediaTap: (stream) => extraction.tap(stream) },
      { message: (message) => extraction.message(message), flowEnded: (flow) => extraction.flowEnded(flow) },
    );
    feed(input, (packet) => analysis.push(packet));
    analysis.end();
    const manifest = extraction.finish([]);
    must(folder.failure === undefined, `extraction failed: ${folder.failure}`);
    must(
      RECORD_SCHEMAS.extract.safeParse(JSON.parse(JSON.stringify(manifest))).success,
      'a manifest breaks its schema',
    );
    for (const line of extractText(manifest)) mustBeSafe(line, 'extract');
    mustAgree(readdirSync(outside), ['here'], 'something was written outside of the folder');
    const listed = manifest.files.map(({ file }) => file);
    mustAgree(readdirSync(inside).sort(), [...listed, MANIFEST].sort(), 'files differ from the manifest');
    must(listed.length <= LIMITS.files, 'more files than are allowed');
    for (const { file, bytes } of manifest.files) {
      mustBeSafe(file, 'the name of a file');
      must(/^[\w.+-]+$/.test(file), `the name of a file: ${file}`);
      must(statSync(join(inside, file)).size === bytes, 'a file is not as long as the manifest says');
    }
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}

export function extractionTargets({ conversations, examples }: Corpus): readonly Target[] {
  return [
    {
      name: 'extract',
      about: 'extraction: nothing outside of its folder, each file in the manifest and as long as that says',
      kind: 'capture',
      seeds: [...conversations, ...examples],
      run: extract,
    },
  ];
}
