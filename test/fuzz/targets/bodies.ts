import { openEnvelope } from '../../../dissectors/dvrip/envelope.ts';
import { JsonTree, readTolerantly } from '../../../dissectors/dvrip/json-tree.ts';
import { byteOffset, parseJsonBody } from '../../../dissectors/dvrip/text.ts';
import { BodyChecker } from '../../../schemas/body.ts';
import { MESSAGES } from '../../../schemas/registry.ts';
import type { Corpus } from '../corpus.ts';
import { must, mustAgree, mustBeSafe, type Target } from '../target.ts';

const MARGIN = 7;
const KEY = Buffer.alloc(16, 0x41);
const checker = new BodyChecker();

/** The value that strict JSON has; undefined where the text is none. */
function strict(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function read(input: Buffer): void {
  if (input.length < 2) return;
  const definition = MESSAGES[input.readUInt16LE(0) % MESSAGES.length];
  // In the middle of a buffer that holds other things.
  const around = Buffer.alloc(MARGIN, 0x7b);
  const length = input.length - 2;
  const bytes = Buffer.concat([around, input.subarray(2), around]);
  const content = parseJsonBody(bytes, MARGIN, MARGIN + length);
  const { body } = content;
  must(body.textLength + body.trailer === length, 'text and trailer are not the body');
  for (const units of [0, 1, body.text.length >> 1, body.text.length]) {
    const offset = byteOffset(bytes, MARGIN, body, units);
    must(offset >= 0 && offset <= body.textLength, 'a character outside of its body');
  }
  openEnvelope(bytes, MARGIN, MARGIN + length, KEY);
  if (content.kind === 'not-json') {
    must(content.offset >= 0 && content.offset <= length, 'a fault outside of its body');
    return;
  }
  if (content.kind !== 'json') return;
  for (const { at, length: wide } of content.slips) {
    must(at >= 0 && wide >= 0 && at + wide <= body.text.length, 'a slip outside of its text');
  }
  const tree = new JsonTree(body.text);
  for (const { at, length: wide } of tree.duplicateKeys()) {
    must(at >= 0 && at + wide <= body.text.length, 'a key outside of its text');
  }
  const strictly = strict(body.text);
  if (strictly !== undefined) {
    must(content.slips.length === 0, 'slips in what is JSON');
    const tolerant = readTolerantly(body.text);
    if (tolerant !== undefined)
      mustAgree(tolerant.value, strictly.value, 'JSON read otherwise by the tolerant reader');
  }
  if (definition === undefined) return;
  for (const { path, expected, found } of checker.check(definition, content.value)) {
    mustBeSafe(expected, 'an expectation');
    must(found.length < 2000, 'a finding that quotes too much');
    const place = tree.place(path, 'value');
    must(place === undefined || place.at + place.length <= body.text.length, 'a place outside of its text');
  }
}

export function bodyTargets({ bodies }: Corpus): readonly Target[] {
  return [
    {
      name: 'body',
      about: 'control bodies: encodings, tolerant JSON against JSON.parse, envelope, schema of every message',
      kind: 'body',
      seeds: bodies,
      run: read,
    },
  ];
}
