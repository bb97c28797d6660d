import { z } from 'zod';
import { CHAPTERS, type Chapter } from '../../schemas/chapters.ts';
import type { MessageDefinition } from '../../schemas/message.ts';
import type { Family, ObjectDefinition } from '../../schemas/object.ts';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { bodyWords, messageWords, sectionWords } from './message-words.ts';
import { fieldRows } from './schema-fields.ts';

const FAMILIES: Readonly<Record<Family, string>> = {
  config: 'Configuration',
  ability: 'Abilities',
  info: 'Information',
  operation: 'Operations',
  other: 'Others',
};

/** `docs/messages.md`: every message and every object, as the registry has them. */
export function messagesPage(): string {
  return [
    '# Messages and objects',
    '',
    'Made by `npm run docs` from `schemas/`; do not edit. `dvrscope explain 1410` or `dvrscope explain OPMonitor` shows',
    'the same with an example, `dvrscope schema -o DIR` writes it as JSON Schemas.',
    '',
    'Keys that a table does not list are odd, not wrong: devices have more than any source tells.',
    '',
    '## Messages',
    ...CHAPTERS.flatMap(chapterLines),
    ...Object.entries(FAMILIES).flatMap(([family, title]) => familyLines(family, title)),
    '',
  ].join('\n');
}

function chapterLines(chapter: Chapter): string[] {
  const messages = MESSAGES.filter(({ spec }) => spec === chapter.spec);
  return [
    '',
    `### ${sectionWords(chapter.spec)}`,
    '',
    '| Id | Name | | Body |',
    '| ---: | --- | --- | --- |',
    ...messages.map((message) =>
      row([idWords(message), code(message.name), messageWords(message), bodyWords(message)]),
    ),
    ...messages.flatMap(memberLines),
  ];
}

function idWords({ id, dialect }: MessageDefinition): string {
  return dialect === 'spec' ? `${id} (spec)` : String(id);
}

/** The members of a body, beside Name, SessionID, Ret and the object that it carries. */
function memberLines(message: MessageDefinition): string[] {
  const members = message.body?.members?.();
  if (members === undefined || message.dialect === 'spec') return [];
  return ['', `Members of ${message.id} ${code(message.name)}:`, '', ...table(z.strictObject(members))];
}

function familyLines(family: string, title: string): string[] {
  const objects = OBJECTS.filter((definition) => definition.family === family);
  return objects.length === 0 ? [] : ['', `## ${title}`, ...objects.flatMap(objectLines)];
}

function objectLines({ name, meaning, source, value, reply }: ObjectDefinition): string[] {
  const lines = ['', `### ${name}`, '', `${cellText(meaning)}. Source: ${source}.`, '', ...table(value())];
  return reply === undefined ? lines : [...lines, '', 'In the reply:', '', ...table(reply())];
}

function table(schema: z.ZodType): string[] {
  const rows = fieldRows(schema);
  if (rows.length === 0) return ['Without members.'];
  return [
    '| Field | Type | Required | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ path, type, required, meaning }) =>
      row([path === '' ? '(value)' : code(path), type, required ? 'yes' : '', meaning]),
    ),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cellText).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

/** What would end a cell or begin a tag. */
function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
