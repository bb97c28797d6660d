import { messageName } from '../../../schemas/registry.ts';
import type { Example, Step } from '../../rules/example.ts';
import { safeJson } from '../format/safe-text.ts';
import { redact } from '../redact.ts';

type Said = Extract<Step, { does: 'says' }>;

/** UTF-16 units of what a message says, beside its name. */
const LONGEST_REMARK = 72;

/** An example of a rule as a conversation: a line for each step, `──▶` from the client, `◀──` from the device. */
export function exampleText(example: Example): readonly string[] {
  const steps = [...example.steps].sort((a, b) => a.at - b.at);
  const sockets = new Set(steps.map(({ socket }) => socket)).size;
  return steps.flatMap((step) => {
    const time = step.at.toFixed(1).padStart(8);
    const socket = sockets > 1 ? `  socket ${step.socket}` : '';
    const arrow = step.from === 'client' ? '──▶' : '◀──';
    const remark = step.does === 'says' ? remarkOf(step) : '';
    const line = `${time}${socket}  ${arrow} ${deed(step, example)}`;
    return remark === '' ? [line] : [line, `${' '.repeat(time.length + socket.length + 6)}${remark}`];
  });
}

/** What the example has that a plain conversation would not have. */
export function exampleCircumstances(example: Example): readonly string[] {
  return [
    ...(example.deviceOpens === true ? ['the device opens the connections'] : []),
    ...(example.midStream === true ? ['the capture began after the connections were made'] : []),
    ...(example.onlyFrom === undefined ? [] : [`only what the ${example.onlyFrom} sends was captured`]),
    ...(example.datagrams === true ? ['UDP, port 34569'] : []),
    ...(example.spec === true ? ['judged with --dialect spec'] : []),
  ];
}

function deed(step: Step, example: Example): string {
  switch (step.does) {
    case 'says':
      return `${step.id} ${messageName(example.spec === true ? 'spec' : 'field', step.id, step.from)}`;
    case 'loses':
      return `${step.bytes} bytes that the capture has not`;
    case 'sends':
      return clipped(`bytes that are no message: ${Buffer.from(step.bytes).toString('hex')}`);
    case 'closes':
      return 'closes the connection';
  }
}

/** The header fields and members that the example sets; the rest is as it should be. */
function remarkOf({ body, header }: Said): string {
  const fields = Object.entries(header).map(([name, value]) => `${name} ${value}`);
  return clipped([...fields, ...bodyWords(body)].join(', '));
}

function bodyWords(body: Said['body']): readonly string[] {
  if (body === undefined) return [];
  if (typeof body === 'number') return [`${body} bytes of media`];
  if (typeof body === 'string') return [safeJson(redact(body))];
  const members = Object.entries(body);
  const set = Object.fromEntries(members.filter(([, value]) => value !== undefined));
  return [
    ...(Object.keys(set).length > 0 ? [safeJson(redact(set))] : []),
    ...members.filter(([, value]) => value === undefined).map(([key]) => `without ${key}`),
  ];
}

function clipped(text: string): string {
  return text.length <= LONGEST_REMARK ? text : `${text.slice(0, LONGEST_REMARK - 1)}…`;
}
