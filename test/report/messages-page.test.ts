import { expect, it } from 'vitest';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { messagesPage } from '../../src/report/messages-page.ts';

const page = messagesPage();

it('lists every message and every object', () => {
  for (const { id, name } of MESSAGES)
    expect(page).toMatch(new RegExp(`\\| ${id}(?: \\(spec\\))? \\| \`${name}\` `));
  for (const { name } of OBJECTS) expect(page).toContain(`\n### ${name}\n`);
});

it('is one table to the eye of a Markdown reader: each row has the cells of its heading', () => {
  let columns = 0;
  for (const line of page.split('\n')) {
    if (!line.startsWith('|')) columns = 0;
    else {
      const cells = line.split(/(?<!\\)\|/).length;
      if (columns > 0) expect(cells, line).toBe(columns);
      columns = cells;
    }
  }
});
