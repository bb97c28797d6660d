import { describe, expect } from 'vitest';
import type { RunLimits } from '../../src/cli/config/run-limits.ts';
import { Socket } from '../support/socket.ts';
import { reaches } from './reaching.ts';
import { runLimited } from './run-limited.ts';

/** What is found of the form of one body: what it says is of no interest. */
function saidOf(text: string, limits: RunLimits): readonly string[] {
  const { packets } = new Socket(34_567).client({ id: 1040, sessionId: 11, body: Buffer.from(text) });
  const [message] = runLimited(packets, limits).messages;
  return (message?.codes ?? []).filter((code) => /^body\/(?:not-)?json/.test(code));
}

function reasonOf(text: string, limits: RunLimits): string | undefined {
  const { packets } = new Socket(34_567).client({ id: 1040, sessionId: 11, body: Buffer.from(text) });
  const { findings } = runLimited(packets, limits).check;
  return findings.find(({ rule }) => rule === 'body/not-json')?.text;
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a body', () => {
  reaches('conversations.bodies.nesting', 5, 'that nests deeper is not read', ({ limits }) => {
    expect(saidOf(nested(5), limits)).toEqual([]);
    expect(saidOf(nested(6), limits)).toEqual(['body/not-json']);
    expect(reasonOf(nested(6), limits)).toContain('deep');
  });

  reaches('conversations.bodies.bytes', 100, 'that is longer is not read', ({ limits }) => {
    const sized = (bytes: number) => JSON.stringify({ Name: 'x'.repeat(bytes - 11) });
    expect(saidOf(sized(100), limits)).toEqual([]);
    expect(saidOf(sized(101), limits)).toEqual(['body/not-json']);
    expect(reasonOf(sized(101), limits)).toContain('long');
  });

  reaches(
    'conversations.bodies.mendedUnits',
    50,
    'that is no JSON and longer is not mended',
    ({ limits }) => {
      const slipped = (length: number) => `{"Name":"${'x'.repeat(length - 12)}",}`;
      expect(saidOf(slipped(50), limits)).toEqual(['body/json-habit']);
      expect(saidOf(slipped(51), limits)).toEqual(['body/not-json']);
    },
  );

  reaches('conversations.bodies.nodes', 10, 'that is no JSON and fuller is not mended', ({ limits }) => {
    const slipped = (items: number) => `{"Name":[${'1,'.repeat(items)}]}`;
    expect(saidOf(slipped(5), limits)).toEqual(['body/json-habit']);
    expect(saidOf(slipped(20), limits)).toEqual(['body/not-json']);
  });

  reaches('conversations.bodies.listed', 2, 'has no more slips listed', ({ limits }) => {
    expect(saidOf('[{"a":1,},{"b":1,},{"c":1,},{"d":1,}]', limits)).toHaveLength(2);
  });
});
