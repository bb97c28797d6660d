import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIONS, keyLabel } from '../../src/dashboard/keymap.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const TEXT = readFileSync(new URL('dashboard.md', DOCS), 'utf8');

it('the documentation lists the keys as the keymap has them', () => {
  const rows = ACTIONS.map(({ id, keys, help }) => {
    const shown = keys.map((key) => `\`${keyLabel(key)}\``).join(' ');
    return `| ${shown} | ${help} | \`${id}\` |`;
  });
  const [, table = ''] = TEXT.split('| --- | --- | --- |\n');
  expect(table.split('\n\n')[0]?.split('\n')).toEqual(rows);
});

it('every picture in it is there, and every picture is in it', () => {
  const named = [...TEXT.matchAll(/\(screens\/([\w-]+\.svg)\)/g)].map(([, name = '']) => name);
  expect([...named].sort()).toEqual(readdirSync(new URL('screens/', DOCS)).sort());
});

it('the pictures show the program: text as text, nothing from outside', () => {
  const svg = readFileSync(new URL('screens/session.svg', DOCS), 'utf8');
  expect(svg).toContain('LOGIN_RSP');
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<image/);
});
