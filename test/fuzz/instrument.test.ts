import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, transformSync } from 'rolldown/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCountingTree } from './counting-tree.ts';
import { instrument } from './instrument.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Every construct that is counted, and some that counters could break. */
const SOURCE = `
export const arrow = (a) => ({ a });
export const nested = (a) => (b) => a ? b ? 1 : 2 : (b, 3);
export function dangling(a, b) { if (a) if (b) return 'both'; else return 'one'; return 'none'; }
export function ladder(n) { if (n === 1) return 'one'; else if (n === 2) { return 'two'; } else return 'many'; }
export function loops(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += i;
  for (const one of [1, 2]) { if (one === 2) continue; sum += one }
  for (const key in { a: 1 }) sum += key.length;
  while (sum > 100) sum -= 100;
  do sum++; while (sum < 5)
  return sum;
}
export function cases(n) {
  switch (n) { case 0: case 1: return 'few'; case 2: { break; } default: n = 9 }
  return n;
}
export function logic(a, b, c) { return (a && b) || (c ?? 'nothing'); }
export function caught(f) { try { return f(); } catch { return 'caught'; } finally { loops(1); } }
class Base { constructor(x) { this.x = x; } }
export class Derived extends Base {
  static #made = 0;
  #own = (() => 5)();
  constructor(x) { super(x); Derived.#made += 1; }
  get own() { return this.#own; }
  static made() { return Derived.#made; }
  *[Symbol.iterator]() { yield this.x ? 'x' : 'é—𝕏'; yield* []; }
  async later() { for await (const one of this) if (one) return one }
}
export const empty = () => {};
export const text = \`\${[1, 2].map((n) => n > 1 ? 'é' : '')}\`;
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counting-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Says what the module does, as JSON. */
const ASK = `
const m = await import(process.argv[1]);
const said = [m.arrow(1), m.nested(0)(1), m.nested(1)(0), m.dangling(1, 0), m.dangling(0, 1), m.dangling(1, 1)];
said.push(m.ladder(1), m.ladder(2), m.ladder(3), m.loops(3), m.loops(40), m.cases(0), m.cases(2), m.cases(7));
said.push(m.logic(1, 2, 3), m.logic(0, 2, 3), m.logic(0, 2), m.caught(() => 1), m.caught(() => null.x));
const d = new m.Derived(0);
said.push(d.x, d.own, m.Derived.made(), [...d], await d.later(), m.empty(), m.text);
console.log(JSON.stringify(said));
if (process.argv[2]) console.log(JSON.stringify([...(await import(process.argv[2])).counters.slice(0, 60)]));
`;

async function ask(module: string, counters?: string): Promise<readonly unknown[]> {
  const { execFileSync } = await import('node:child_process');
  const urls = [module, ...(counters === undefined ? [] : [counters])].map(
    (path) => pathToFileURL(path).href,
  );
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', ASK, ...urls], {
    encoding: 'utf8',
  });
  return out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('counters in a module', () => {
  it('leave what it does as it was, and count what was done', async () => {
    const plain = join(folder, 'plain.mjs');
    const counting = join(folder, 'counting.mjs');
    const counters = join(folder, 'counters.mjs');
    writeFileSync(plain, SOURCE);
    writeFileSync(counters, 'export const counters = new Uint8Array(100);');
    const { code, places } = instrument(SOURCE, 0, pathToFileURL(counters).href);
    writeFileSync(counting, code);
    const [said] = await ask(plain);
    const [same, counts] = await ask(counting, counters);
    expect(same).toEqual(said);
    expect(places).toBeGreaterThan(40);
    expect(places).toBeLessThan(60);
    if (!Array.isArray(counts)) throw new Error('no counts');
    expect(counts.slice(places)).toEqual(Array.from({ length: 60 - places }, () => 0));
    // Derived is made once; no other way is left out by what is asked, but those that SOURCE does not take.
    expect(counts.slice(0, places).filter((count) => count === 0).length).toBeLessThan(4);
  });

  it('tell the arms of a condition apart, also the one that is not written', () => {
    const { code, places } = instrument('if (a) b();\nelse if (c) d();\ne && f;', 10, 'x');
    expect(places).toBe(5);
    expect(code).toBe(
      'if (a) {__counters[10]++;b();}\nelse {__counters[11]++;if (c) {__counters[12]++;d();}else __counters[13]++;}\ne && (__counters[14]++,f);\nimport { counters as __counters } from "x";\n',
    );
  });

  it('move no line', () => {
    const { code } = instrument(SOURCE, 0, 'x');
    expect(code.split('\n').findIndex((line) => line.includes("'nothing'"))).toBe(
      SOURCE.split('\n').findIndex((line) => line.includes("'nothing'")),
    );
  });

  it('are refused by what is no JavaScript', () => {
    expect(() => instrument('function (', 0, 'x')).toThrow(SyntaxError);
  });

  it('leave every module of the project readable', () => {
    const modules = ['dissectors', 'schemas', 'src'].flatMap((name) =>
      readdirSync(join(ROOT, name), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(ROOT, name, path),
      ),
    );
    let places = 0;
    for (const path of modules.filter((name) => name.endsWith('.ts'))) {
      const { code } = transformSync(path, readFileSync(path, 'utf8'));
      const counting = instrument(code, places, 'x');
      places += counting.places;
      expect(parseSync('module.js', counting.code).errors, path).toEqual([]);
    }
    expect(places).toBeGreaterThan(10_000);
    expect(places).toBeLessThan(1 << 16);
  });

  it('are written into what is analysed, not into the fuzzer', () => {
    const from = join(folder, 'from');
    for (const name of ['dissectors', 'schemas', 'src', 'test']) {
      mkdirSync(join(from, name), { recursive: true });
      writeFileSync(join(from, name, 'one.js'), 'export const f = (a) => a;');
    }
    const to = join(folder, 'to');
    mkdirSync(to);
    writeFileSync(join(to, 'old.js'), '');
    expect(writeCountingTree(from, to)).toBe(3);
    expect(readFileSync(join(to, 'test/one.js'), 'utf8')).toBe('export const f = (a) => a;');
    expect(readFileSync(join(to, 'src/one.js'), 'utf8')).toContain('(__counters[2]++,a)');
    expect(readdirSync(to).sort()).toEqual(['dissectors', 'schemas', 'src', 'test']);
  });
});
