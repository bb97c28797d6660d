import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { z } from 'zod';
import { lines } from '../cli/dvrscope.ts';

/** What could move a cursor, ring, retitle a window, turn text around or hide in it. */
export const UNSAFE = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

export type Reader = (output: string) => void;

export const text: Reader = (output) => expect(output).not.toMatch(UNSAFE);

export const json: Reader = (output) => {
  text(output);
  expect(JSON.parse(output)).toBeTypeOf('object');
};

export const ndjson: Reader = (output) => {
  text(output);
  for (const line of lines(output)) expect(JSON.parse(line)).toHaveProperty('schema');
};

/** A value is one cell, whatever it holds. */
export function cells(count: number, rows: number): Reader {
  return (output) => {
    text(output);
    expect(lines(output)).toHaveLength(rows);
    for (const line of lines(output)) expect(line.split('\t')).toHaveLength(count);
  };
}

/** Well-formed for a reader that nobody here wrote; and of these elements only. */
export function xml(...elements: readonly string[]): Reader {
  return (output) => {
    text(output);
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: output });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
    const used = new Set([...output.matchAll(/<([a-z]+)/gi)].map(([, name]) => name));
    expect([...used].filter((name) => !elements.includes(name ?? ''))).toEqual([]);
    const tags = [...output.matchAll(/<[a-z]+((?:\s+[\w:-]+="[^"]*")*)\s*\/?>/gi)].map(
      ([, given = '']) => given,
    );
    const attributes = tags.flatMap((given) =>
      [...given.matchAll(/([\w:-]+)="[^"]*"/g)].map(([, name = '']) => name),
    );
    expect(attributes.length).toBeGreaterThan(used.size);
    expect(attributes.filter((name) => /^on|href/i.test(name))).toEqual([]);
  };
}

const uri = z.looseObject({ uri: z.string().regex(/^[A-Za-z0-9._~:/%!$&'()*+,;=@-]*$/) });
const sarifLog = z.looseObject({
  runs: z.array(z.looseObject({ artifacts: z.array(z.looseObject({ location: uri })).optional() })),
});
export const sarif: Reader = (output) => {
  json(output);
  expect(sarifLog.safeParse(JSON.parse(output)).error).toBeUndefined();
};

/** No element, no image, no link but what the report itself makes, outside of code. */
export const markdown: Reader = (output) => {
  text(output);
  const prose = output.replace(/(`+).*?\1/g, '');
  expect(prose).not.toMatch(/<(?:script|img|text|b)\b/i);
  expect(prose).not.toMatch(/(?<!\\)!\[|\]\((?:javascript|http)/);
};

/** The elements that each kind of XML has. */
export const JUNIT = [
  'testsuites',
  'testsuite',
  'testcase',
  'failure',
  'skipped',
  'properties',
  'property',
  'system',
];

export const SVG = [
  'svg',
  'style',
  'title',
  'desc',
  'defs',
  'marker',
  'path',
  'g',
  'rect',
  'line',
  'text',
  'tspan',
];
