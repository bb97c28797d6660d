import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import type { Conformance } from '../../src/rules/conformance.ts';
import { brokenRules, runExample, verdictFor } from '../support/run-rules.ts';

/** Every rule is tried with its own examples, as packets, through the whole data path, beside all other rules. */
describe.each(ALL_RULES.map(({ rule }) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { obeys, breaks, unsure = [] } = rule.examples();
  const secure = id.startsWith('security/');
  /** Every readable login breaks this one; it is of interest in its own examples only. */
  const broken = (run: Conformance) =>
    brokenRules(run, secure).filter((other) => other === id || other !== 'security/readable-login');

  it.each(obeys.map((example) => [example.title, example] as const))('passes: %s', (_, example) => {
    const run = runExample(example);
    expect(broken(run)).toEqual([...(example.alsoBreaks ?? [])].sort());
    expect(verdictFor(run, id)).toBe('pass');
  });

  it.each(breaks.map((example) => [example.title, example] as const))('fails: %s', (_, example) => {
    const run = runExample(example);
    expect(broken(run)).toEqual([id, ...(example.alsoBreaks ?? [])].sort());
    expect(verdictFor(run, id)).toBe('fail');
    const texts = [...run.ledger.groups.values()].flatMap(({ samples }) => samples.map(({ text }) => text));
    expect(texts.filter((text) => /[{}?]/.test(text))).toEqual([]);
  });

  it.each(unsure.map((example) => [example.title, example] as const))('cannot tell: %s', (_, example) => {
    const run = runExample(example);
    expect(broken(run)).toEqual([...(example.alsoBreaks ?? [])].sort());
    expect(run.ledger.tally(id).doubts.size).toBeGreaterThan(0);
  });
});
