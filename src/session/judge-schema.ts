import type { Finding } from '../../dissectors/core/finding.ts';
import { PRE_LOGIN_SESSION } from '../../dissectors/dvrip/header.ts';
import type { BodyChecker } from '../../schemas/body.ts';
import type { Complaint } from '../../schemas/check.ts';
import { describeReturnCode } from '../../schemas/return-codes.ts';
import type { Message } from './message.ts';

/** A finding about a place in the body, with the path that leads there. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly path: readonly (string | number)[];
  /** The key is meant, not its value. */
  readonly atKey: boolean;
  /** The message is not what it must be; without it, it is only odd. */
  readonly wrong: boolean;
}

/** What the schemas, and the rules that a schema cannot say, have against the JSON value of a body. */
export function judgeSchema(
  message: Message,
  value: unknown,
  checker: BodyChecker,
): readonly PlacedFinding[] {
  const { definition } = message;
  if (definition === undefined) return NONE;
  const complaints = checker.check(definition, value);
  const session = sessionFinding(message, value);
  const ret = returnCodeFinding(message);
  if (complaints.length === 0 && session === undefined && ret === undefined) return NONE;
  return [
    ...complaints.map(complaintFinding),
    ...(session === undefined ? [] : [session]),
    ...(ret === undefined ? [] : [ret]),
  ];
}

const NONE: readonly PlacedFinding[] = [];

function complaintFinding({ kind, level, path, expected, found }: Complaint): PlacedFinding {
  const wrong = level === 'wrong';
  if (kind === 'unknown-key') {
    return { finding: { code: 'body/unknown-key', params: { key: found } }, path, atKey: true, wrong };
  }
  const atKey = kind === 'padded-key' || kind === 'other-case-key';
  return { finding: { code: `body/${kind}`, params: { expected, found } }, path, atKey, wrong };
}

const USUAL_FORM = /^0x[0-9a-fA-F]{8}$/;

/** The session id in the body must be the header's, in whatever form it is written (reading notes, 5.x). */
function sessionFinding(message: Message, value: unknown): PlacedFinding | undefined {
  if (typeof value !== 'object' || value === null || !('SessionID' in value)) return undefined;
  const text = value.SessionID;
  if (typeof text !== 'string') return undefined;
  const header = message.header.sessionId;
  if (namesSession(text, header)) {
    if (USUAL_FORM.test(text)) return undefined;
    return at({ code: 'body/session-form', params: { body: JSON.stringify(text.slice(0, 40)) } }, false);
  }
  // Before a login there is no session to name: the header holds 0 or a fixed number, or the body 0.
  if (header === 0 || header === PRE_LOGIN_SESSION || namesSession(text, 0)) return undefined;
  return at(
    { code: 'body/other-session', params: { header, body: JSON.stringify(text.slice(0, 40)) } },
    true,
  );
}

function at(finding: Finding, wrong: boolean): PlacedFinding {
  return { finding, path: ['SessionID'], atKey: false, wrong };
}

function namesSession(text: string, id: number): boolean {
  const digits = text.trim();
  const hexadecimal = /^(?:0x)?([0-9a-fA-F]{1,16})$/.exec(digits);
  if (hexadecimal !== null && Number.parseInt(hexadecimal[1] ?? '', 16) === id) return true;
  return /^\d{1,16}$/.test(digits) && Number(digits) === id;
}

/** Progress of an upgrade is a percentage in the place of a code (reading notes, 5.15.3). */
function returnCodeFinding(message: Message): PlacedFinding | undefined {
  const { ret } = message;
  if (ret === undefined || describeReturnCode(ret) !== undefined) return undefined;
  if (message.definition?.body?.progress === true && ret >= 0 && ret <= 100) return undefined;
  return {
    finding: { code: 'body/unknown-return-code', params: { ret } },
    path: ['Ret'],
    atKey: false,
    wrong: false,
  };
}
