import { both, edit, editBody, type Mutation, rewrite, say } from './mutations.ts';

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n\0`);

/** Changes of what needs more than one step, or another socket. */
export const MORE_MUTATIONS: readonly Mutation[] = [
  // more of the same
  {
    title: 'an answer with a code of another area',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { Ret: 503 }),
    breaks: ['return-code/fits-message'],
  },
  {
    title: 'success without what was asked for',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'TIMEQUERY_RSP' }, { OPTimeQuery: undefined }),
    breaks: ['return-code/success-carries-data'],
  },
  {
    title: 'a number used before',
    sample: 'configuration-get-set',
    change: edit({ name: 'CONFIG_GET', nth: 2 }, () => ({ sequence: 1 })),
    breaks: ['sequence/wraps-to-zero'],
  },
  {
    title: 'a request before the login',
    sample: 'login-and-keepalive',
    change: (said) => {
      const [first] = said;
      const request =
        first === undefined
          ? []
          : [
              {
                ...first,
                id: 1020,
                time: first.time - 0.001,
                body: json({ Name: 'SystemInfo', SessionID: '0x00000000' }),
              },
            ];
      return [...request, ...said.map((told) => ({ ...told, sequence: told.sequence + 1 }))];
    },
    breaks: ['login/before-requests'],
  },
  {
    title: 'a keepalive on the data socket',
    sample: 'monitor-two-sockets',
    change: both(
      edit({ name: 'KEEPALIVE_REQ' }, () => ({ flow: 2, sequence: 1 })),
      edit({ name: 'KEEPALIVE_RSP' }, () => ({ flow: 2, sequence: 1 })),
    ),
    breaks: ['keepalive/on-control-socket', 'sequence/counts-up'],
  },
  {
    title: 'a request on the data socket',
    sample: 'active-registration',
    change: both(
      edit({ name: 'SYSINFO_REQ', nth: 1 }, () => ({ flow: 2 })),
      edit({ name: 'SYSINFO_RSP', nth: 1 }, () => ({ flow: 2 })),
    ),
    breaks: ['direction/control-on-control-socket', 'sequence/counts-up', 'sequence/starts-at-zero'],
  },
  {
    title: 'a request after a forced logout',
    sample: 'forced-logout',
    change: say({ name: 'FORCELOGOUT_RSP' }, (there) => ({
      ...there,
      id: 1020,
      time: there.time + 0.001,
      sequence: 2,
      body: json({ Name: 'SystemInfo', SessionID: '0x0000000B' }),
    })),
    breaks: ['session/nothing-after-forced-logout'],
  },
  {
    title: 'frames of another codec than announced',
    sample: 'monitor-two-sockets',
    change: edit({ name: 'MONITOR_DATA' }, ({ body }) => ({
      body: Buffer.from(body.map((byte, i) => (i === 4 ? (byte & 0xf0) | 3 : byte))),
    })),
    breaks: ['media/frames-as-codec-says'],
  },
  {
    title: 'a playback that ends before it begins',
    sample: 'playback-to-end',
    change: editBody({ name: 'PLAY_REQ' }, { 'OPPlayBack>StartTime': '2031-01-01 00:00:00' }),
    breaks: ['playback/time-range'],
  },
  {
    title: 'a file of another day',
    sample: 'download-to-end',
    change: rewrite({ name: 'FILESEARCH_RSP', nth: 1 }, (text) =>
      text.replace(/"(BeginTime|EndTime)" : "\d{4}/g, '"$1" : "2001'),
    ),
    breaks: ['search/reply-within-range'],
  },
  {
    title: 'talk on channel 3',
    sample: 'talk-both-ways',
    change: edit({ name: 'TALK_CU_PU_DATA' }, () => ({ byte12: 3 })),
    breaks: ['talk/channel-zero'],
  },
  {
    title: 'a block number is left out',
    sample: 'upgrade',
    change: edit({ name: 'UPGRADE_DATA', nth: 2 }, ({ sequence }) => ({ sequence: sequence + 7 })),
    breaks: ['upgrade/counts-blocks'],
  },
  {
    title: 'data after a block was refused',
    sample: 'upgrade',
    change: editBody({ name: 'UPGRADE_DATA_RSP', nth: 1 }, { Ret: 513 }),
    breaks: ['upgrade/stops-after-error'],
  },
  {
    title: 'an empty password',
    sample: 'active-registration',
    change: editBody({ name: 'LOGIN_REQ' }, { PassWord: 'tlJwpbo6' }),
    breaks: ['security/blank-password'],
  },
  {
    title: 'a password in plain text',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { PassWord: 'correct horse', EncryptType: 'NONE' }),
    breaks: ['security/plain-password'],
  },
  {
    title: 'telnet',
    sample: 'login-and-keepalive',
    change: both(
      edit({ name: 'TIMEQUERY_REQ' }, () => ({
        id: 2040,
        body: json({
          Name: 'OPTelnetControl',
          SessionID: '0x0000000B',
          OPTelnetControl: { EnableKey: 'k', TelnetCommand: 'TelnetEnable' },
        }),
      })),
      edit({ name: 'TIMEQUERY_RSP' }, () => ({
        id: 2041,
        body: json({ Name: 'OPTelnetControl', Ret: 100, SessionID: '0x0000000B' }),
      })),
    ),
    breaks: ['security/telnet-control'],
  },
  {
    title: 'a stranger on the data socket',
    sample: 'monitor-two-sockets',
    change: (said) => said,
    other: { flow: 2, opener: { address: '203.0.113.9', port: 40_000 } },
    breaks: ['security/session-from-other-host'],
  },
];
