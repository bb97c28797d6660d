import type { Judge } from './rule.ts';
import type { Turn } from './turn.ts';

/** Judges whether a message of a session comes on the connection that the session was logged in on (§4.1.1). */
export function onLoginSocket(turn: Turn, judge: Judge<'{flow}{loginFlow}', undefined>): void {
  const loginFlow = turn.session?.loginFlow ?? 0;
  const { number: flow, whole } = turn.flow;
  if (loginFlow === 0) judge.unsure('began-before');
  else if (flow === loginFlow) judge.obeyed();
  // The login of this connection may be in a hole.
  else if (!whole) judge.unsure('gap');
  else judge.broken(turn, { flow, loginFlow });
}
