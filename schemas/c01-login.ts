import { type Message, message } from './message.ts';

/**
 * C1, login, logout and keepalive (§4.1, §5.1): the block that differs between the dialects.
 *
 * §6.2.1 numbers it 999/1000, 1000, 1001 … 1006; every device seen answers with request + 1, from
 * 1000→1001 to 1006→1007 (field-notes 3.1). In active registration the PU is the one that logs in (§4.1.2).
 * The PU forces a logout (§5.1.3).
 */
export const LOGIN: readonly Message[] = [
  message({ id: 1000, name: 'LOGIN_REQ', from: 'either', reply: 1001, spec: '6.2.1', dialect: 'field' }),
  message({ id: 1001, name: 'LOGIN_RSP', from: 'either', replyTo: 1000, spec: '6.2.1', dialect: 'field' }),
  message({ id: 1002, name: 'LOGOUT_REQ', from: 'client', reply: 1003, spec: '6.2.1', dialect: 'field' }),
  message({ id: 1003, name: 'LOGOUT_RSP', from: 'device', replyTo: 1002, spec: '6.2.1', dialect: 'field' }),
  message({
    id: 1004,
    name: 'FORCELOGOUT_REQ',
    from: 'device',
    reply: 1005,
    spec: '6.2.1',
    dialect: 'field',
  }),
  message({
    id: 1005,
    name: 'FORCELOGOUT_RSP',
    from: 'client',
    replyTo: 1004,
    spec: '6.2.1',
    dialect: 'field',
  }),
  message({ id: 1006, name: 'KEEPALIVE_REQ', from: 'client', reply: 1007, spec: '6.2.1', dialect: 'field' }),
  message({
    id: 1007,
    name: 'KEEPALIVE_RSP',
    from: 'device',
    replyTo: 1006,
    spec: '6.2.1',
    dialect: 'field',
  }),

  message({ id: 999, name: 'LOGIN_REQ', from: 'either', reply: 1000, spec: '6.2.1', dialect: 'spec' }),
  // The table gives the request 999 or 1000 and the reply 1000: only the sender tells the two 1000s apart.
  message({ id: 1000, name: 'LOGIN_REQ', from: 'client', reply: 1000, spec: '6.2.1', dialect: 'spec' }),
  message({ id: 1000, name: 'LOGIN_RSP', from: 'device', replyTo: 999, spec: '6.2.1', dialect: 'spec' }),
  message({ id: 1001, name: 'LOGOUT_REQ', from: 'client', reply: 1002, spec: '6.2.1', dialect: 'spec' }),
  message({ id: 1002, name: 'LOGOUT_RSP', from: 'device', replyTo: 1001, spec: '6.2.1', dialect: 'spec' }),
  message({ id: 1003, name: 'FORCELOGOUT_REQ', from: 'device', reply: 1004, spec: '6.2.1', dialect: 'spec' }),
  message({
    id: 1004,
    name: 'FORCELOGOUT_RSP',
    from: 'client',
    replyTo: 1003,
    spec: '6.2.1',
    dialect: 'spec',
  }),
  message({ id: 1005, name: 'KEEPALIVE_REQ', from: 'client', reply: 1006, spec: '6.2.1', dialect: 'spec' }),
  message({ id: 1006, name: 'KEEPALIVE_RSP', from: 'device', replyTo: 1005, spec: '6.2.1', dialect: 'spec' }),
];
