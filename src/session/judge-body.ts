import { u8 } from '../../dissectors/core/bytes.ts';
import type { Finding } from '../../dissectors/core/finding.ts';
import { parseJsonBody } from '../../dissectors/dvrip/text.ts';
import type { Message } from './message.ts';

const BRACE = 0x7b;

/**
 * Reads the body of a control message for what its id says it is, and marks the message invalid where it is
 * not. An incomplete body is not judged: what is missing is the capture's fault.
 */
export function judgeBody(message: Message): void {
  if (message.missing > 0 || message.cut > 0 || message.findings.length > 0 || !isJson(message)) return;
  const content = parseJsonBody(message.body, message.bodyStart, message.bodyEnd);
  message.content = content;
  if (content.kind === 'json') {
    message.ret = returnCode(content.value);
  } else if (content.kind === 'not-json') {
    message.valid = false;
    found(message, { code: 'body/not-json', params: { reason: content.reason }, offset: content.offset });
  }
  if (content.kind !== 'encrypted' && content.body.encoding !== 'utf-8') {
    found(message, { code: 'body/not-utf8', params: { encoding: content.body.encoding } });
  }
}

/** Whether the body is due to be JSON: by its id, or by its first byte where the id leaves it open. */
function isJson(message: Message): boolean {
  const carrier = message.definition?.carrier;
  if (carrier === 'json') return true;
  if (carrier === 'zip-or-json' || carrier === 'jpeg-or-json' || carrier === undefined) {
    return message.bodyStart < message.bodyEnd && u8(message.body, message.bodyStart) === BRACE;
  }
  return false;
}

function returnCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('Ret' in value)) return undefined;
  return typeof value.Ret === 'number' && Number.isSafeInteger(value.Ret) ? value.Ret : undefined;
}

function found(message: Message, finding: Finding): void {
  message.findings = [...message.findings, finding];
}
