import type { z } from 'zod';
import type { MessageDefinition } from '../../../schemas/message.ts';
import type { ObjectDefinition } from '../../../schemas/object.ts';
import type { ReturnCode } from '../../../schemas/return-codes.ts';
import { severityOf } from '../../rules/catalogue.ts';
import { CODE_MEANINGS } from '../../rules/code-meanings.ts';
import { safeJson } from '../format/safe-text.ts';
import type { Style } from '../format/style.ts';
import { renderTable } from '../format/table.ts';
import { bodyWords, messageWords, sectionWords } from '../message-words.ts';
import { bodySchema, exampleBody, exampleOf } from '../schema-example.ts';
import { fieldRows } from '../schema-fields.ts';
import type { Topic } from '../topics.ts';
import { explainRule } from './rules-text.ts';

/** What a topic means, where it is described, its fields, and an example. */
export function explainText(topic: Topic, style: Style): readonly string[] {
  switch (topic.kind) {
    case 'message':
      return explainMessage(topic.message, style);
    case 'object':
      return explainObject(topic.definition, style);
    case 'branch':
      return [
        style.heading(`${topic.name}: branch of the configuration`),
        ...topic.objects.map(({ name, meaning }) => `  ${name}  ${style.faint(meaning)}`),
      ];
    case 'return-code':
      return explainReturnCode(topic.code, style);
    case 'rule':
      return explainRule(topic.rule, style);
    case 'finding':
      return [
        `${style.heading(topic.code)}  ${style[severityOf(topic.code)](severityOf(topic.code))}`,
        `  ${CODE_MEANINGS[topic.code] ?? 'a finding without a longer explanation'}`,
      ];
    case 'unnamed-id':
      return [
        style.heading(`${topic.id}: an id without a name`),
        '  Devices answer it, or list it as exempt from encryption; no source tells what it is for (field-notes 3.3).',
      ];
    default:
      return assertNever(topic);
  }
}

function explainMessage(message: MessageDefinition, style: Style): string[] {
  const { id, name, alias, dialect, spec, body } = message;
  const only = dialect === undefined ? '' : `  in the ${dialect} dialect`;
  const lines = [style.heading(`${id} ${name}`) + style.faint(only), `  ${messageWords(message)}`];
  lines.push(`  ${sectionWords(spec)}`);
  if (alias !== undefined) lines.push(`  printed there as ${alias}`);
  lines.push(`  body: ${bodyWords(message)}`);
  if (body === undefined) return lines;
  return [...lines, ...fields(bodySchema(message, body), style), ...example(exampleBody(message), style)];
}

function explainObject(definition: ObjectDefinition, style: Style): string[] {
  const { name, meaning, source, family, reply } = definition;
  const value = definition.value();
  const lines = [
    style.heading(name) + style.faint(`  ${family}`),
    `  ${meaning}`,
    `  source: ${source}`,
    ...fields(value, style),
    ...example({ Name: name, [name]: exampleOf(value, 'full') }, style),
  ];
  if (reply === undefined) return lines;
  const answered = reply();
  return [
    ...lines,
    '',
    style.heading(`${name}, in the reply`),
    ...fields(answered, style),
    ...example({ Name: name, [name]: exampleOf(answered, 'full'), Ret: 100 }, style),
  ];
}

function explainReturnCode({ code, name, meaning, zh, ok, source }: ReturnCode, style: Style): string[] {
  const verdict = ok ? style.good('done') : style.error('not done');
  const section = source.startsWith('field') ? source : `§${source}`;
  return [
    `${style.heading(`Ret ${code}: ${name}`)}  ${verdict}`,
    `  ${meaning}`,
    `  ${section}${zh === undefined || zh === '' ? '' : `: ${zh}`}`,
  ];
}

function fields(schema: z.ZodType, style: Style): string[] {
  const rows = fieldRows(schema);
  if (rows.length === 0) return [];
  const cells = rows.map(({ path, type, required, meaning }) => [
    path === '' ? '(value)' : path,
    type,
    required ? 'yes' : '',
    meaning,
  ]);
  const columns = [{ title: 'Field' }, { title: 'Type' }, { title: 'Required' }, { title: 'Meaning' }];
  return ['', ...renderTable(columns, cells, style.faint).map((line) => `  ${line}`)];
}

function example(value: unknown, style: Style): string[] {
  const text = safeJson(value, 2).split('\n');
  return ['', `  ${style.faint('Example')}`, ...text.map((line) => `  ${line}`)];
}

function assertNever(topic: never): never {
  throw new Error(`no words for ${JSON.stringify(topic)}`);
}
