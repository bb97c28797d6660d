import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Corpus, loadCorpus } from './corpus.ts';
import { minimise } from './minimise.ts';
import { mutateBody } from './mutate-body.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { makeCapture, mutateCapture } from './mutate-capture.ts';
import { mutateText } from './mutate-text.ts';
import { tryInput } from './outcome.ts';
import { readInput, writeInput } from './pcap.ts';
import { Random } from './random.ts';
import { must, type Target } from './target.ts';
import { allTargets } from './targets/all.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const CASES = join(import.meta.dirname, 'cases');
const loading = loadCorpus(ROOT);

function targetThat(run: (input: Buffer) => void): Target {
  return { name: 'test', about: '', kind: 'bytes', seeds: [], run };
}

describe('the cases that the fuzzer found', () => {
  let targets: readonly Target[] = [];
  beforeAll(async () => {
    targets = allTargets(await loading);
  });
  const names = existsSync(CASES) ? readdirSync(CASES).filter((name) => name.endsWith('.bin')) : [];

  it.each(names)('%s does what it must', async (name) => {
    const target = targets.find((one) => one.name === name.slice(0, name.indexOf('.')));
    if (target === undefined) throw new Error(`no target is called as ${name} begins`);
    expect(await tryInput(target, readFileSync(join(CASES, name)))).toBeUndefined();
  });

  it('every target begins with seeds and takes each of the smallest ones', async () => {
    for (const target of targets) {
      expect(target.seeds.length, target.name).toBeGreaterThan(0);
      const smallest = target.seeds.toSorted((a, b) => a.length - b.length).slice(0, 2);
      for (const seed of smallest) expect(await tryInput(target, seed), target.name).toBeUndefined();
    }
  });
});

describe('the fuzzer', () => {
  it('makes the same inputs from the same seed, and others from another', async () => {
    const corpus: Corpus = await loading;
    const make = (seed: number) => {
      const random = new Random(seed);
      const [capture = Buffer.alloc(0), other = capture] = corpus.conversations;
      const [body = Buffer.alloc(0)] = corpus.bodies;
      const text = Buffer.from('dvrip.id == 1000');
      return [
        ...Array.from({ length: 20 }, () => mutateCapture(random, capture, other)),
        ...Array.from({ length: 20 }, () => mutateBody(random, body, body)),
        ...Array.from({ length: 20 }, () => mutateBytes(random, capture, other)),
        ...Array.from({ length: 20 }, () => mutateText(random, text, text)),
        makeCapture(random),
      ].map((bytes) => bytes.toString('base64'));
    };
    const first = make(7);
    expect(make(7)).toEqual(first);
    expect(make(8)).not.toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(60);
  });

  it('keeps a capture as it takes it apart', async () => {
    const [capture = Buffer.alloc(0)] = (await loading).conversations;
    expect(readInput(capture).records.length).toBeGreaterThan(5);
    expect(writeInput(readInput(capture))).toEqual(capture);
  });

  it('tells of an exception, of what does not hold, and of what takes too long', async () => {
    const thrown = targetThat((input) => {
      if (input.includes(0x42)) throw new RangeError('offset 17 is out of range');
      must(input.length < 5, 'longer than 4');
    });
    expect(await tryInput(thrown, Buffer.from('AAA'))).toBeUndefined();
    expect(await tryInput(thrown, Buffer.from('AAAAAA'))).toMatchObject({
      target: 'test',
      text: 'longer than 4',
    });
    const failure = await tryInput(thrown, Buffer.from('xB'));
    expect(failure?.text).toBe('offset 17 is out of range');
    expect(failure?.signature).toContain('offset # is out of range');
    const slow = targetThat(() => {
      const spent = (from: NodeJS.CpuUsage) => process.cpuUsage(from).user + process.cpuUsage(from).system;
      const start = process.cpuUsage();
      while (spent(start) < 1_200_000);
    });
    expect((await tryInput(slow, Buffer.from('x')))?.signature).toContain('slow');
  });

  it('leaves of a failing input what makes it fail', async () => {
    const target = targetThat((input) => must(!(input.includes(0x42) && input.includes(0x51)), 'both'));
    const input = new Random(3).bytes(700);
    input[100] = 0x42;
    input[600] = 0x51;
    const fails = async (smaller: Buffer) => (await tryInput(target, smaller)) !== undefined;
    expect(await fails(input)).toBe(true);
    expect([...(await minimise(input, 'bytes', fails))].sort()).toEqual([0x42, 0x51]);
  });

  it('leaves of a failing capture the packets that make it fail', async () => {
    const capture = writeInput({
      linkType: 1,
      records: Array.from({ length: 40 }, (_, i) => ({
        seconds: i,
        nanoseconds: 0,
        wireLength: 60,
        bytes: Buffer.alloc(60, i),
      })),
    });
    const fails = async (smaller: Buffer) => {
      const seconds = readInput(smaller).records.map((record) => record.seconds);
      return seconds.includes(3) && seconds.includes(31);
    };
    const { records } = readInput(await minimise(capture, 'capture', fails));
    expect(records.map(({ seconds }) => seconds)).toEqual([3, 31]);
    expect(Math.max(...records.map(({ bytes }) => bytes.length))).toBeLessThan(8);
  });
});
