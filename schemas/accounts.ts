import { flag, group, list, map, maybe, secret, text } from './kinds.ts';
import { object } from './object.ts';

/** Users, groups and their rights (§5.13, JsonConfigFormat 6.4, 6.5 and 14). */

/** Names of rights; `Monitor_01` and the like count channels from 01. The list differs from device to device. */
function rights(meaning: string) {
  return list(
    meaning,
    text('ShutDown, Backup, Account, SysUpgrade, NetConfig …; Monitor_NN, Replay_NN, Talk_NN for channel NN'),
  );
}

/** What an account may have beside that which makes it one. */
function accountDetails() {
  return {
    Memo: maybe(text('description')),
    Reserved: maybe(flag('built in, cannot be deleted')),
    Sharable: maybe(flag('may be logged in more than once at a time')),
    PasswordV2: maybe(secret('password in the form of newer firmware')),
    NoMD5: maybe(map('credentials that are not hashed', secret('credential'))),
  };
}

/** An account as a client creates or changes it (§5.13.7, §5.13.8). */
export function givenAccount() {
  return group('the account', {
    Name: text('login name'),
    Password: secret('hash of the password; empty leaves it as it is'),
    Group: text('group it belongs to'),
    AuthorityList: rights('its rights'),
    ...accountDetails(),
  });
}

/** A group as a client creates or changes it (§5.13.4, §5.13.5). */
export function givenGroup() {
  return group('the group', {
    Name: text('name of the group'),
    AuthorityList: rights('rights of its members'),
    Memo: maybe(text('description')),
  });
}

function account() {
  return group('one account', {
    Name: text('login name'),
    Password: maybe(secret('hash of the password, as good as the password itself')),
    Group: maybe(text('group it belongs to')),
    AuthorityList: maybe(rights('its rights')),
    ...accountDetails(),
  });
}

function accountGroup() {
  return group('one group', {
    Name: text('name of the group'),
    AuthorityList: maybe(rights('rights of its members')),
    Memo: maybe(text('description')),
  });
}

export const ACCOUNTS = [
  object({
    name: 'AuthorityList',
    meaning: 'all rights that the device knows',
    source: 'doc 14.1; spec 5.13.1; field',
    family: 'other',
    value: () => rights('all rights that the device knows'),
  }),
  object({
    name: 'Users',
    meaning: 'all accounts, with their password hashes',
    source: 'doc 6.4, 14.2; spec 5.13.2; field',
    family: 'other',
    value: () => list('accounts', account()),
    element: account,
  }),
  object({
    name: 'User',
    meaning: 'an account as it is added or changed',
    source: 'spec 5.13.7, 5.13.8; field',
    family: 'other',
    value: givenAccount,
  }),
  object({
    name: 'Groups',
    meaning: 'all groups of accounts',
    source: 'doc 6.5, 14.3; spec 5.13.3; field',
    family: 'other',
    value: () => list('groups', accountGroup()),
    element: accountGroup,
  }),
  object({
    name: 'Group',
    meaning: 'a group of accounts as it is added or changed',
    source: 'spec 5.13.4, 5.13.5',
    family: 'other',
    value: givenGroup,
  }),
] as const;
