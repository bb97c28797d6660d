import { readInput, writeInput } from './pcap.ts';
import type { InputKind } from './target.ts';

/** Whether an input still fails in the same way. */
export type Fails = (input: Buffer) => Promise<boolean>;

/**
 * Delta debugging (Zeller and Hildebrandt, «Simplifying and Isolating Failure-Inducing Input», 2002): leaves out ever
 * smaller parts of a list as long as the rest still fails.
 *
 * @param parts a list that fails
 * @param tries how often it may be asked; `left` counts down
 */
export async function ddmin<T>(
  parts: readonly T[],
  fails: (parts: readonly T[]) => Promise<boolean>,
  tries: { left: number },
): Promise<readonly T[]> {
  let list = parts;
  let pieces = 2;
  while (list.length > 0 && tries.left > 0) {
    const size = Math.ceil(list.length / pieces);
    let shorter: readonly T[] | undefined;
    for (let at = 0; at < list.length && tries.left > 0 && shorter === undefined; at += size) {
      const rest = [...list.slice(0, at), ...list.slice(at + size)];
      tries.left -= 1;
      if (await fails(rest)) shorter = rest;
    }
    if (shorter !== undefined) {
      list = shorter;
      pieces = Math.max(2, pieces - 1);
    } else if (size <= 1) break;
    else pieces = Math.min(list.length, pieces * 2);
  }
  return list;
}

/** A smaller input that fails in the same way: fewer packets first, then fewer bytes. */
export async function minimise(input: Buffer, kind: InputKind, fails: Fails, most = 1500): Promise<Buffer> {
  const tries = { left: most };
  if (kind === 'capture') return minimiseCapture(input, fails, tries);
  const whole = Buffer.from(await ddmin([...input], (bytes) => fails(Buffer.from(bytes)), tries));
  return whole;
}

async function minimiseCapture(input: Buffer, fails: Fails, tries: { left: number }): Promise<Buffer> {
  const { linkType, records: all } = readInput(input);
  const records = [...(await ddmin(all, (some) => fails(writeInput({ linkType, records: some })), tries))];
  // Packets then become shorter from the end; what is in front of that are headers.
  for (const [place, record] of records.entries()) {
    for (let cut = record.bytes.length >> 1; cut > 0 && tries.left > 0; cut >>= 1) {
      const before = records[place];
      if (before === undefined || before.bytes.length <= cut) continue;
      const bytes = before.bytes.subarray(0, before.bytes.length - cut);
      records[place] = { ...before, bytes };
      tries.left -= 1;
      if (!(await fails(writeInput({ linkType, records })))) records[place] = before;
    }
  }
  const smaller = writeInput({ linkType, records });
  return (await fails(smaller)) ? smaller : input;
}
