import { u8 } from '../../dissectors/core/bytes.ts';
import type { Finding } from '../../dissectors/core/finding.ts';
import { BOOTSTRAP_KEY, openEnvelope } from '../../dissectors/dvrip/envelope.ts';
import { ENVELOPE_MARK } from '../../dissectors/dvrip/header.ts';
import type { JsonLimits } from '../../dissectors/dvrip/json-limits.ts';
import { packetsOfRange } from '../../dissectors/dvrip/kept-body.ts';
import { parseJsonBody } from '../../dissectors/dvrip/text.ts';
import { BodyChecker } from '../../schemas/body.ts';
import { BodyPlaces } from './body-places.ts';
import { judgeJson } from './judge-json.ts';
import { judgeSchema } from './judge-schema.ts';
import type { Message } from './message.ts';

const BRACE = 0x7b;

/** Reads the bodies of control messages and judges them by their schemas. */
export class BodyJudge {
  readonly #checker = new BodyChecker();
  readonly #key: Uint8Array | undefined;
  readonly #limits: JsonLimits;

  /** `key`: the CommunicateKey of encrypted sessions, where the user has it. */
  constructor(key: Uint8Array | undefined, limits: JsonLimits) {
    this.#key = key;
    this.#limits = limits;
  }

  /** What the body says, if it is due to be JSON and is all there. An incomplete body is the capture's fault. */
  read(message: Message): void {
    if (message.missing > 0 || message.cut > 0 || message.findings.length > 0 || !isJson(message)) return;
    message.content = parseJsonBody(message.body, message.bodyStart, message.bodyEnd, this.#limits);
    if (message.content.kind === 'encrypted') this.#open(message);
    if (message.content.kind === 'json') message.ret = returnCode(message.content.value);
  }

  /** What is to be said of the body; the message is invalid when any of it is an error. */
  judge(message: Message): void {
    const { content } = message;
    if (content === undefined || content.kind === 'encrypted') return;
    const findings: Finding[] = [];
    const { definition } = message;
    if (content.body.encoding !== 'utf-8') {
      findings.push({ code: 'body/not-utf8', params: { encoding: content.body.encoding } });
    }
    if (content.kind === 'not-json') {
      findings.push({ code: 'body/not-json', params: { reason: content.reason }, offset: content.offset });
      message.valid = false;
    } else if (
      content.kind === 'empty' &&
      definition?.body !== undefined &&
      definition.body.mayBeEmpty !== true
    ) {
      findings.push({ code: 'body/null', params: { expected: 'an object', found: 'an empty body' } });
    } else if (content.kind === 'json') {
      const places = new BodyPlaces(message.body, message.bodyStart, content.body, content.limits);
      const about = judgeJson(content, places);
      findings.push(...about);
      const placed = judgeSchema(message, content.value, this.#checker);
      for (const { finding, path, atKey } of placed) {
        findings.push({ ...finding, ...places.ofPath(path, atKey ? 'key' : 'value') });
      }
      if (about.some(({ code }) => code === 'body/json-cut')) message.valid = false;
      if (placed.some(({ wrong }) => wrong)) message.valid = false;
    }
    if (findings.length === 0) return;
    message.findings = [...message.findings, ...findings.map((finding) => withPackets(message, finding))];
  }

  /** Opens the envelope: with the published key where the header marks it, else with the session's. */
  #open(message: Message): void {
    message.encrypted = true;
    const { body, bodyStart, bodyEnd, header } = message;
    const open =
      (header.byte12 === ENVELOPE_MARK ? openEnvelope(body, bodyStart, bodyEnd, BOOTSTRAP_KEY) : undefined) ??
      (this.#key === undefined ? undefined : openEnvelope(body, bodyStart, bodyEnd, this.#key));
    if (open === undefined) return;
    message.body = open;
    message.bodyStart = 0;
    message.bodyEnd = open.length;
    message.bodyRuns = undefined;
    message.content = parseJsonBody(open, 0, open.length, this.#limits);
  }
}

/** The records that carry the bytes of a finding: all of the message's where it has no place, or none that is known. */
function withPackets(message: Message, finding: Finding): Finding {
  const { offset, length = 1 } = finding;
  const range =
    offset === undefined || message.bodyRuns === undefined
      ? undefined
      : packetsOfRange(message.bodyRuns, offset, offset + length);
  return { ...finding, packets: range ?? [message.firstPacket, message.lastPacket] };
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
