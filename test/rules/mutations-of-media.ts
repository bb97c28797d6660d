import { both, drop, dropAll, edit, editBody, forget, type Mutation, move, say, wait } from './mutations.ts';

/** Changes of media, upgrades, pictures, passwords. */
export const MEDIA_MUTATIONS: readonly Mutation[] = [
  // claim, monitor
  {
    title: 'nobody claimed the socket',
    sample: 'monitor-two-sockets',
    change: drop({ name: 'MONITOR_CLAIM' }, { name: 'MONITOR_CLAIM_RSP' }),
    breaks: ['claim/before-media', 'claim/before-start'],
  },
  {
    title: 'the claim bears no session',
    sample: 'monitor-two-sockets',
    change: edit({ name: 'MONITOR_CLAIM' }, () => ({ sessionId: 0 })),
    breaks: ['claim/carries-session-id', 'claim/before-start'],
  },
  {
    title: 'the start comes before the claim',
    sample: 'monitor-two-sockets',
    // Closer together, nobody could tell which was first.
    change: both(
      move({ name: 'MONITOR_REQ' }, { name: 'MONITOR_CLAIM' }),
      wait({ name: 'MONITOR_CLAIM' }, 0.5),
    ),
    breaks: ['claim/before-start', 'claim/used'],
  },
  {
    title: 'another channel is started',
    sample: 'monitor-two-sockets',
    change: editBody({ name: 'MONITOR_REQ' }, { 'OPMonitor>Parameter>Channel': 3 }),
    breaks: ['monitor/start-matches-claim', 'monitor/stop-names-running-stream'],
  },
  {
    title: 'video after the stop',
    sample: 'monitor-two-sockets',
    change: (said) => {
      const data = said.findLast(({ name }) => name === 'MONITOR_DATA');
      const end = said.at(-1)?.time ?? 0;
      return data === undefined
        ? said
        : [
            ...said,
            ...Array.from({ length: 40 }, (_, i) => ({
              ...data,
              sequence: data.sequence + i + 1,
              time: end + 0.2 * (i + 1),
            })),
          ];
    },
    breaks: ['monitor/stops-after-stop', 'monitor/socket-closed-after-stop'],
  },
  {
    title: 'the stop names another channel',
    sample: 'monitor-two-sockets',
    change: editBody({ name: 'MONITOR_REQ', nth: 1 }, { 'OPMonitor>Parameter>Channel': 3 }),
    breaks: ['monitor/stop-names-running-stream'],
  },
  {
    title: 'no video at all',
    sample: 'monitor-two-sockets',
    change: both(dropAll('MONITOR_DATA'), wait({ name: 'KEEPALIVE_REQ' }, 15)),
    breaks: ['monitor/data-after-start'],
  },
  {
    title: 'no key frame at the beginning',
    sample: 'monitor-two-sockets',
    change: drop({ name: 'MONITOR_DATA' }),
    breaks: ['monitor/starts-with-key-frame', 'media/chunk-framing'],
  },
  {
    title: 'another channel in the header',
    sample: 'monitor-two-sockets',
    change: (said) => said.map((told) => (told.name === 'MONITOR_DATA' ? { ...told, byte12: 2 } : told)),
    breaks: ['monitor/channel-in-header'],
  },
  // playback, download, talk, upgrade
  {
    title: 'no end flag',
    sample: 'playback-to-end',
    change: both(
      drop({ name: 'PLAY_DATA', nth: -1 }),
      forget({ name: 'PLAY_REQ', nth: 1 }, { name: 'PLAY_RSP', nth: 1 }),
      wait({ name: 'LOGOUT_REQ' }, 40),
    ),
    breaks: ['playback/ends-with-end-flag', 'keepalive/in-time'],
  },
  {
    title: 'data after the end',
    sample: 'playback-to-end',
    change: say({ name: 'PLAY_DATA', nth: -1 }, (there) => ({
      ...there,
      byte13: 0,
      sequence: there.sequence + 1,
      body: Buffer.alloc(64, 0x55),
    })),
    breaks: ['playback/nothing-after-end', 'media/chunk-framing'],
  },
  {
    title: 'a file that no search has named',
    sample: 'playback-to-end',
    change: (said) =>
      said.map((told) =>
        told.name === 'PLAY_CLAIM' || told.name === 'PLAY_REQ'
          ? {
              ...told,
              body: Buffer.from(
                told.body.toString('latin1').replaceAll(/\/idea0[^"]*/g, '/idea0/none.h264'),
                'latin1',
              ),
            }
          : told,
      ),
    breaks: ['playback/file-from-search'],
  },
  {
    title: 'a download without an end flag',
    sample: 'download-to-end',
    change: both(
      drop({ name: 'DOWNLOAD_DATA', nth: -1 }),
      forget({ name: 'PLAY_REQ', nth: 1 }, { name: 'PLAY_RSP', nth: 1 }),
      wait({ name: 'LOGOUT_REQ' }, 40),
    ),
    breaks: ['download/ends-with-end-flag', 'keepalive/in-time'],
  },
  {
    title: 'a second talker is let in',
    sample: 'talk-both-ways',
    change: editBody({ name: 'TALK_RSP', nth: 1 }, { Ret: 100 }),
    breaks: ['talk/one-at-a-time'],
  },
  {
    title: 'an upgrade packet is not acknowledged',
    sample: 'upgrade',
    change: drop({ name: 'UPGRADE_DATA_RSP', nth: 2 }),
    breaks: ['upgrade/acknowledged-packet-by-packet'],
  },
  {
    title: 'no end flag on the last packet',
    sample: 'upgrade',
    change: drop({ name: 'UPGRADE_DATA', nth: -1 }, { name: 'UPGRADE_DATA_RSP', nth: -1 }),
    breaks: ['upgrade/end-flag-on-last'],
  },
  {
    title: 'progress goes back',
    sample: 'upgrade',
    change: editBody({ name: 'UPGRADE_PROGRESS', nth: 5 }, { Ret: 1 }),
    breaks: ['upgrade/progress-ascends'],
  },
  {
    title: 'progress of 300 percent',
    sample: 'upgrade',
    change: editBody({ name: 'UPGRADE_PROGRESS', nth: 5 }, { Ret: 300 }),
    breaks: ['upgrade/progress-in-range', 'body/unknown-return-code'],
  },
  {
    title: 'the upgrade never says how it ended',
    sample: 'upgrade',
    change: drop({ name: 'UPGRADE_PROGRESS', nth: -1 }),
    breaks: ['upgrade/ends-with-result'],
  },
  {
    title: 'a second upgrade is let in',
    sample: 'upgrade',
    change: editBody({ name: 'UPGRADE_RSP', nth: 1 }, { Ret: 100 }),
    breaks: ['upgrade/not-twice'],
  },
  {
    title: 'data without a start',
    sample: 'upgrade',
    change: drop({ name: 'UPGRADE_REQ' }, { name: 'UPGRADE_RSP' }),
    breaks: ['upgrade/start-first'],
  },
  {
    title: 'neither picture nor reason',
    sample: 'snapshot',
    change: edit({ name: 'NET_SNAP_RSP' }, () => ({ body: Buffer.from('neither') })),
    breaks: ['snapshot/picture-or-reason'],
  },
  // security
  {
    title: 'a well-known password',
    sample: 'login-and-keepalive',
    change: editBody({ name: 'LOGIN_REQ' }, { PassWord: '6QNMIQGe' }),
    breaks: ['security/default-password'],
  },
];
