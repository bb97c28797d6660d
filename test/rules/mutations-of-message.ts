import { drop, edit, editBody, type Mutation, rewrite } from './mutations.ts';

/** Changes of single messages: header, framing, numbers, bodies. */
export const MESSAGE_MUTATIONS: readonly Mutation[] = [
  // header
  {
    title: 'another session id in a request',
    sample: 'configuration-get-set',
    change: edit({ name: 'CONFIG_GET', nth: 2 }, () => ({ sessionId: 0x77 })),
    breaks: ['header/session-id-carried', 'body/other-session'],
  },
  {
    title: 'no session id in an answer',
    sample: 'configuration-get-set',
    change: edit({ name: 'CONFIG_GET_RSP', nth: 2 }, () => ({ sessionId: 0 })),
    breaks: ['header/reply-session-id'],
  },
  {
    title: 'a session id in the login',
    sample: 'login-and-keepalive',
    change: edit({ name: 'LOGIN_REQ' }, () => ({ sessionId: 5 })),
    breaks: ['header/session-id-zero-at-login'],
  },
  {
    title: 'a version that nobody speaks',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ version: 3 })),
    breaks: ['header/version'],
  },
  {
    title: 'version 0',
    sample: 'spec-dialect',
    spec: true,
    change: (said) => said.map((told, i) => (i === 4 ? { ...told, version: 0 } : told)),
    breaks: ['header/version-one'],
  },
  {
    title: 'a reserved byte',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ reserved1: 7 })),
    breaks: ['header/reserved-bytes'],
  },
  {
    title: 'an unknown id',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ id: 4321 })),
    breaks: ['header/known-message-id', 'exchange/reply-asked-for'],
  },
  {
    title: 'an end flag of 2',
    sample: 'playback-to-end',
    change: edit({ name: 'PLAY_DATA', nth: 5 }, () => ({ byte13: 2 })),
    breaks: ['header/end-flag-value'],
  },
  {
    title: 'an end flag in live video',
    sample: 'monitor-two-sockets',
    change: edit({ name: 'MONITOR_DATA', nth: 5 }, () => ({ byte13: 1 })),
    breaks: ['header/end-flag-where-data-ends'],
  },
  {
    title: 'two packets are promised and one comes',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_RSP' }, () => ({ byte12: 2 })),
    breaks: ['framing/missing-fragments'],
  },
  {
    title: 'two packets, the second of which is a third',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_RSP' }, () => ({ byte12: 2, byte13: 2 })),
    breaks: ['fragments/index-below-total'],
  },
  // framing
  {
    title: 'garbage between two messages',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_RSP' }, ({ body }) => ({
      body: Buffer.concat([body, Buffer.alloc(40, 0x2e)]),
      length: body.length,
    })),
    breaks: ['framing/skipped-bytes'],
  },
  {
    title: 'a length beyond all reason',
    sample: 'login-and-keepalive',
    change: edit({ name: 'LOGOUT_RSP' }, () => ({ length: 0x7000_0000 })),
    breaks: ['framing/oversized-body', 'framing/skipped-bytes'],
  },
  // sequence
  {
    title: 'a request skips a number',
    sample: 'configuration-get-set',
    change: edit({ name: 'CONFIG_GET', nth: 2 }, ({ sequence }) => ({ sequence: sequence + 50 })),
    breaks: ['sequence/counts-up'],
  },
  {
    title: 'the first request is number 9',
    sample: 'login-and-keepalive',
    change: edit({ name: 'LOGIN_REQ' }, () => ({ sequence: 9 })),
    breaks: ['sequence/starts-at-zero'],
  },
  {
    title: 'a media packet never was sent',
    sample: 'monitor-two-sockets',
    change: drop({ name: 'MONITOR_DATA', nth: 40 }),
    breaks: ['sequence/media-counts-up'],
  },
  // body
  {
    title: 'a required key is gone',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { UserName: undefined }),
    breaks: ['body/missing-key'],
  },
  {
    title: 'a number for a text',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { UserName: { a: 1 } }),
    breaks: ['body/wrong-type'],
  },
  {
    title: 'no JSON at all',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, () => 'nothing of use'),
    breaks: ['body/not-json'],
  },
  {
    title: 'the JSON breaks off at once',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, () => '{ :'),
    breaks: ['body/not-json'],
  },
  {
    title: 'the JSON ends before its end',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.slice(0, text.lastIndexOf('}'))),
    breaks: ['body/json-cut'],
  },
  {
    title: 'a comma is missing',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace(',', ' ')),
    breaks: ['body/json-slip'],
  },
  {
    title: 'a comma too many',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace(/\s*\}/, ', }')),
    breaks: ['body/json-habit'],
  },
  {
    title: 'a key twice',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace('{', '{ "Ret" : 100,')),
    breaks: ['body/duplicate-key'],
  },
  {
    title: 'another session in the body',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { SessionID: '0x00000099' }),
    breaks: ['body/other-session'],
  },
  {
    title: 'an unknown key',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { Extra: 1 }),
    breaks: ['body/unknown-key'],
  },
  {
    title: 'a key in another case',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { LoginType: undefined, loginType: 'DVRIP-Web' }),
    breaks: ['body/other-case-key'],
  },
  {
    title: 'a padded key',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { Name: undefined, 'Name ': 'OPTimeQuery' }),
    breaks: ['body/padded-key'],
  },
  {
    title: 'an unknown return code',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { Ret: 4711 }),
    breaks: ['body/unknown-return-code'],
  },
  {
    title: 'Latin-1 in a text',
    sample: 'login-and-keepalive',
    change: rewrite({ name: 'LOGIN_REQ' }, (text) => text.replace('admin', 'adm\xefn')),
    breaks: ['body/not-utf8'],
  },
  {
    title: 'a body without a session id',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { SessionID: undefined }),
    breaks: ['body/session-id-in-body'],
  },
  {
    title: 'null for a number',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_RSP' }, { ChannelNum: null }),
    breaks: ['body/null'],
  },
  {
    title: 'a number as text',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_RSP' }, { ChannelNum: '4' }),
    breaks: ['body/number-as-text'],
  },
];
