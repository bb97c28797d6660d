import { both, drop, edit, editBody, forget, type Mutation, repeat, say, wait } from './mutations.ts';

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n\0`);

/** Changes of who speaks when: logins, sessions, answers, directions, alarms, discovery, searches. */
export const TALK_MUTATIONS: readonly Mutation[] = [
  // login, session
  {
    title: 'the login is never answered',
    sample: 'two-clients',
    change: drop({ name: 'LOGIN_RSP', nth: 1 }),
    breaks: ['login/answered'],
  },
  {
    title: 'no session id is given',
    sample: 'login-and-keepalive',
    change: both(
      edit({ name: 'LOGIN_RSP' }, () => ({ sessionId: 0 })),
      editBody({ name: 'LOGIN_RSP' }, { SessionID: '0x00000000' }),
    ),
    breaks: ['login/gives-session-id'],
  },
  {
    title: 'an unknown way to encrypt',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { EncryptType: 'ROT13' }),
    breaks: ['body/wrong-value'],
  },
  {
    title: 'a second login on the socket',
    sample: 'login-and-keepalive',
    change: (said) => {
      const again = said.filter(({ name }) => name.startsWith('LOGIN_'));
      const later = again.map((told) => ({ ...told, time: (said[3]?.time ?? 0) + 0.01, sequence: 2 }));
      return [
        ...said.slice(0, 4),
        ...later,
        ...said.slice(4).map((told) => ({ ...told, sequence: told.sequence + 1 })),
      ];
    },
    breaks: ['login/once-per-socket'],
  },
  {
    title: 'no logout',
    sample: 'login-and-keepalive',
    change: drop({ name: 'LOGOUT_REQ' }, { name: 'LOGOUT_RSP' }),
    breaks: ['session/logout-before-close'],
  },
  {
    title: 'a request after the logout',
    sample: 'login-and-keepalive',
    change: (said) =>
      said.concat(
        said
          .filter(({ name }) => name.startsWith('TIMEQUERY'))
          .map((told, i) => ({ ...told, time: (said.at(-1)?.time ?? 0) + 0.01 * (i + 1), sequence: 7 })),
      ),
    breaks: ['session/nothing-after-logout'],
  },
  // keepalive
  {
    title: 'silence',
    sample: 'login-and-keepalive',
    change: wait({ name: 'TIMEQUERY_REQ' }, 60),
    breaks: ['keepalive/in-time'],
  },
  {
    title: 'a keepalive without an answer',
    sample: 'login-and-keepalive',
    change: drop({ name: 'KEEPALIVE_RSP', nth: 1 }),
    breaks: ['keepalive/answered'],
  },
  {
    title: 'an interval of nothing',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_RSP' }, { AliveInterval: 0 }),
    breaks: ['keepalive/interval-sane'],
  },
  // exchange
  {
    title: 'an answer never came',
    sample: 'configuration-get-set',
    change: drop({ name: 'SYSINFO_RSP', nth: 1 }),
    breaks: ['exchange/request-answered'],
  },
  {
    title: 'an answer came late',
    sample: 'configuration-get-set',
    change: wait({ name: 'SYSINFO_RSP', nth: 1 }, 9),
    breaks: ['exchange/answered-in-time'],
  },
  {
    title: 'an answer that nobody asked for',
    sample: 'login-and-keepalive',
    change: forget({ name: 'TIMEQUERY_REQ' }),
    breaks: ['exchange/reply-asked-for'],
  },
  {
    title: 'an answer twice',
    sample: 'login-and-keepalive',
    change: repeat({ name: 'TIMEQUERY_RSP' }),
    breaks: ['exchange/answered-once'],
  },
  {
    title: 'the answer names another object',
    sample: 'configuration-get-set',
    change: editBody({ name: 'CONFIG_SET_RSP' }, { Name: 'Camera.Param' }),
    breaks: ['exchange/name-as-requested'],
  },
  // direction
  {
    title: 'the device asks',
    sample: 'login-and-keepalive',
    change: say({ name: 'TIMEQUERY_RSP' }, (there) => ({
      ...there,
      id: 1452,
      sequence: 0,
      body: json({ Name: 'OPTimeQuery', SessionID: '0x0000000B' }),
    })),
    breaks: ['direction/requests-from-client'],
  },
  {
    title: 'the client answers',
    sample: 'login-and-keepalive',
    change: edit({ name: 'TIMEQUERY_RSP' }, ({ byOpener }) => ({ byOpener: !byOpener })),
    breaks: ['direction/replies-from-device', 'exchange/request-answered'],
  },
  {
    title: 'the client pushes an alarm',
    sample: 'alarms',
    change: both(
      say({ name: 'KEEPALIVE_RSP' }, (there) => ({
        ...there,
        id: 1504,
        byOpener: true,
        sequence: 4,
        body: json({
          Name: 'AlarmInfo',
          SessionID: '0x0000000B',
          AlarmInfo: { Channel: 2, Event: 'VideoLoss', StartTime: '2026-11-22 10:00:00', Status: 'Start' },
        }),
      })),
      edit({ name: 'UNGUARD_REQ' }, () => ({ sequence: 5 })),
      edit({ name: 'UNGUARD_RSP' }, () => ({ sequence: 5 })),
      edit({ name: 'LOGOUT_REQ' }, () => ({ sequence: 6 })),
      edit({ name: 'LOGOUT_RSP' }, () => ({ sequence: 6 })),
    ),
    breaks: ['direction/pushes-from-device', 'alarm/start-and-stop-alternate'],
  },
  {
    title: 'video from the client',
    sample: 'monitor-two-sockets',
    change: say({ name: 'MONITOR_DATA', nth: 50 }, (there) => ({ ...there, byOpener: true, sequence: 0 })),
    breaks: ['direction/media-from-its-sender'],
  },
  // alarm, discovery, search
  {
    title: 'alarms that nobody asked for',
    sample: 'alarms',
    change: forget({ name: 'GUARD_REQ' }, { name: 'GUARD_RSP' }),
    breaks: ['alarm/only-when-guarded'],
  },
  {
    title: 'an alarm after the guard was taken down',
    sample: 'alarms',
    change: both(
      wait({ name: 'LOGOUT_REQ' }, 18),
      say({ name: 'UNGUARD_RSP' }, (there) => ({
        ...there,
        id: 1504,
        sequence: 4,
        time: there.time + 15,
        body: json({
          Name: 'AlarmInfo',
          SessionID: '0x0000000B',
          AlarmInfo: { Channel: 2, Event: 'VideoLoss', StartTime: '2026-11-22 10:00:00', Status: 'Start' },
        }),
      })),
    ),
    breaks: ['alarm/unguard-stops'],
  },
  {
    title: 'a probe with a body',
    sample: 'discovery',
    change: edit({ name: 'IPSEARCH_REQ' }, () => ({ body: json({ Search: 1 }) })),
    breaks: ['discovery/bare-probe', 'body/unknown-key'],
  },
  {
    title: 'discovery in a session',
    sample: 'discovery',
    change: edit({ name: 'IPSEARCH_RSP' }, () => ({ sessionId: 9 })),
    breaks: ['discovery/no-session'],
  },
  {
    title: 'a reply without an address',
    sample: 'discovery',
    change: (said) =>
      said.map((told) =>
        told.name === 'IPSEARCH_RSP'
          ? { ...told, body: json({ Ret: 100, SessionID: '0x00000000', 'NetWork.NetCommon': {} }) }
          : told,
      ),
    breaks: ['discovery/reply-has-address'],
  },
  {
    title: 'a range that ends before it begins',
    sample: 'download-to-end',
    change: editBody({ name: 'FILESEARCH_REQ' }, { 'OPFileQuery>BeginTime': '2031-01-01 00:00:00' }),
    breaks: ['search/range-sane'],
  },
];
