import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeReturnCode, RETURN_CODES } from '../../schemas/return-codes.ts';

const TABLE = new URL('../../../shared/spec/return-codes.tsv', import.meta.url);

describe('the return codes', () => {
  it.skipIf(!existsSync(TABLE))('have every row of the specification, in its words', () => {
    const rows = readFileSync(TABLE, 'utf8').trimEnd().split('\n').slice(1);
    expect(rows).toHaveLength(56);
    for (const row of rows) {
      const [code, zh] = row.split('\t');
      expect(describeReturnCode(Number(code)), row).toMatchObject({ zh, source: '6.1' });
    }
  });

  it('are 56 of the specification and 6 of the field, each once', () => {
    expect(RETURN_CODES.filter(({ source }) => source === '6.1')).toHaveLength(56);
    const field = RETURN_CODES.filter(({ source }) => source === 'field-notes 3.4');
    expect(field.map(({ code }) => code)).toEqual([-1, 0, 124, 430, 517, 601]);
    expect(new Set(RETURN_CODES.map(({ code }) => code)).size).toBe(62);
    expect(new Set(RETURN_CODES.map(({ name }) => name)).size).toBe(62);
  });

  it('are sorted by code', () => {
    const codes = RETURN_CODES.map(({ code }) => code);
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
  });

  it.each([
    [100, 'OK', true],
    [102, 'NOT_SUPPORTED', false],
    [103, 'ILLEGAL_REQUEST', false],
    [111, 'SEARCH_PARTIAL', true],
    [150, 'OK_RESTART_DEVICE', true],
    [203, 'WRONG_PASSWORD', false],
    [205, 'USER_LOCKED', false],
    [503, 'TALK_ALREADY_ON', false],
    [514, 'UPGRADE_FAILED', false],
    [515, 'UPGRADE_OK', true],
    [603, 'RESTART_SYSTEM', true],
    [607, 'CONFIG_MISSING', false],
  ])('explain %i as %s', (code, name, ok) => {
    expect(describeReturnCode(code)).toMatchObject({ code, name, ok });
  });

  it('explain themselves in one English sentence', () => {
    for (const { meaning } of RETURN_CODES) expect(meaning).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
  });

  it('leave an unlisted code unexplained', () => {
    expect(describeReturnCode(999)).toBeUndefined();
    expect(describeReturnCode(100.5)).toBeUndefined();
  });
});
