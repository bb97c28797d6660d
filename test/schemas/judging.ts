import { BodyChecker } from '../../schemas/body.ts';
import type { Complaint } from '../../schemas/check.ts';
import { type Dialect, describeMessage, type MessageDefinition } from '../../schemas/registry.ts';
import type { GoodBody } from './body-builders.ts';

export const checker = new BodyChecker();

export function definitionOf(dialect: Dialect, id: number, from: 'client' | 'device'): MessageDefinition {
  const definition = describeMessage(dialect, id, from);
  if (definition === undefined) throw new Error(`no message ${id} in the dialect ${dialect}`);
  return definition;
}

export function complaintsOf({ id, from, body, dialect = 'field' }: GoodBody): readonly Complaint[] {
  return checker.check(definitionOf(dialect, id, from), body);
}

export function wrongs(complaints: readonly Complaint[]): readonly Complaint[] {
  return complaints.filter(({ level }) => level === 'wrong');
}

export function label({ id, from, body, dialect }: GoodBody): string {
  return `${dialect ?? 'any'} ${id} ${from} ${String(body.Name ?? '')}`;
}
