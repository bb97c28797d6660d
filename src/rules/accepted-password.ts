import { kindOfPassword, type PasswordKind } from './known-passwords.ts';
import { isGranted } from './privilege.ts';
import type { Judge } from './rule.ts';
import { type Turn, textMember } from './turn.ts';

/** What the login at hand says of its password; the state of the rules that ask what passwords are accepted. */
export class AcceptedPassword {
  readonly #unwanted: PasswordKind;
  #kind: PasswordKind | undefined = undefined;
  #user = '';

  constructor(unwanted: PasswordKind) {
    this.#unwanted = unwanted;
  }

  /** A LOGIN_REQ or a LOGIN_RSP. */
  message(turn: Turn, judge: Judge<'{user}', AcceptedPassword>): void {
    if (turn.name === 'LOGIN_REQ') {
      const hash = textMember(turn.body, 'PassWord');
      this.#kind = hash === undefined ? undefined : kindOfPassword(hash);
      this.#user = textMember(turn.body, 'UserName') ?? 'an unnamed user';
      return;
    }
    const kind = this.#kind;
    this.#kind = undefined;
    if (!isGranted(turn)) return;
    if (kind === undefined) judge.unsure('unreadable');
    else if (kind === this.#unwanted) judge.broken(turn, { user: this.#user });
    else judge.obeyed();
  }
}
