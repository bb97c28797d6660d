import { givenAccount, givenGroup } from './accounts.ts';
import type { BodySource } from './body.ts';
import { maybe, oneOf, secret, sessionIdText, text } from './kinds.ts';
import { ENCRYPTION_NAMES } from './login-bodies.ts';

/** Bodies that change users and groups (§5.13.4 to §5.13.10). Here `Name` is also the operand of a deletion. */

export const ADD_GROUP: BodySource = {
  members: () => ({ Name: maybe(text('Group')), SessionID: sessionIdText(), Group: givenGroup() }),
};

export const MODIFY_GROUP: BodySource = {
  members: () => ({
    SessionID: sessionIdText(),
    Group: givenGroup(),
    GroupName: text('name of the group until now'),
  }),
};

export const DELETE_GROUP: BodySource = {
  members: () => ({ Name: text('name of the group'), SessionID: sessionIdText() }),
};

export const ADD_USER: BodySource = {
  members: () => ({ Name: maybe(text('User')), SessionID: sessionIdText(), User: givenAccount() }),
};

export const MODIFY_USER: BodySource = {
  members: () => ({
    SessionID: sessionIdText(),
    User: givenAccount(),
    UserName: text('login name until now'),
  }),
};

export const DELETE_USER: BodySource = {
  members: () => ({ Name: text('login name'), SessionID: sessionIdText() }),
};

/** The text of §5.13.10 has other names for the keys; the example and clients have these. */
export const MODIFY_PASSWORD: BodySource = {
  members: () => ({
    SessionID: sessionIdText(),
    EncryptType: oneOf('form of the passwords', ENCRYPTION_NAMES),
    UserName: text('login name'),
    PassWord: secret('hash of the password until now'),
    NewPassWord: secret('hash of the new password'),
  }),
};
