import { mkdirSync, writeFileSync } from 'node:fs';
import { messagesPage } from '../report/messages-page.ts';

// `npm run docs`: the pages that are made from the registry. test/docs.test.ts compares them.
mkdirSync('docs', { recursive: true });
writeFileSync('docs/messages.md', messagesPage());
