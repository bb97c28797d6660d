import { isSessionId } from '../session/session-table.ts';
import { isGranted } from './privilege.ts';
import { type Turn, textMember } from './turn.ts';

/** Of an answer that accepts a login: whether header and body name a session. Undefined for every other message. */
export function namesSession(turn: Turn): 'both' | 'header' | 'body' | 'neither' | undefined {
  if (turn.name !== 'LOGIN_RSP' || !isGranted(turn)) return undefined;
  const header = isSessionId(turn.header.sessionId);
  const body = /[1-9a-f]/i.test(textMember(turn.body, 'SessionID')?.replace(/^\s*0x/i, '') ?? '');
  if (header) return body ? 'both' : 'header';
  return body ? 'body' : 'neither';
}
