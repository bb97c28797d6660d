/** How the inputs of a target are made and changed. */
export type InputKind = 'bytes' | 'capture' | 'text' | 'body';

/** What is fed to one part of the analyzer, and what must hold for it whatever the bytes are. */
export interface Target {
  readonly name: string;
  readonly about: string;
  readonly kind: InputKind;
  readonly seeds: readonly Buffer[];
  /** What it reaches is not the same each time; guided by that, neither would its inputs be. */
  readonly dependsOnTime?: true;
  /** Throws, or rejects, when something that must hold does not. */
  readonly run: (input: Buffer) => void | Promise<void>;
}

/** Something that must hold does not. */
export class Violation extends Error {}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Violation(what);
}

const CONTEXT = 60;

/** Two values that must be the same, compared as JSON. */
export function mustAgree(a: unknown, b: unknown, what: string): void {
  const left = JSON.stringify(a) ?? '';
  const right = JSON.stringify(b) ?? '';
  if (left === right) return;
  let at = 0;
  while (left[at] === right[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT);
  throw new Violation(`${what}: «${part(left)}» against «${part(right)}»`);
}

/** What must never reach a terminal or a report, LF and TAB left out: see src/report/format/safe-text.ts. */
const UNSAFE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

export function mustBeSafe(text: string, where: string): void {
  const at = text.search(UNSAFE);
  if (at < 0) return;
  const code = (text.codePointAt(at) ?? 0).toString(16);
  throw new Violation(
    `${where} holds U+${code}: ${JSON.stringify(text.slice(Math.max(0, at - 30), at + 30))}`,
  );
}
