import { both, drop, dropAll, edit, editBody, forget, type Mutation, repeat, rewrite, say, swap, wait } from './mutations.ts';

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n\0`);

/** Changes to clean conversations, by the area of the rule that they are made for. */
export const MUTATIONS: readonly Mutation[] = [
  // header
  { title: 'another session id in a request', sample: 'configuration-get-set', change: edit({ name: 'CONFIG_GET', nth: 2 }, () => ({ sessionId: 0x77 })), breaks: ['header/session-id-carried', 'body/other-session'] },
  { title: 'no session id in an answer', sample: 'configuration-get-set', change: edit({ name: 'CONFIG_GET_RSP', nth: 2 }, () => ({ sessionId: 0 })), breaks: ['header/reply-session-id'] },
  { title: 'a session id in the login', sample: 'login-and-keepalive', change: edit({ name: 'LOGIN_REQ' }, () => ({ sessionId: 5 })), breaks: ['header/session-id-zero-at-login'] },
  { title: 'a version that nobody speaks', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ version: 3 })), breaks: ['header/version'] },
  { title: 'version 0', sample: 'spec-dialect', spec: true, change: (said) => said.map((told, i) => (i === 4 ? { ...told, version: 0 } : told)), breaks: ['header/version-one'] },
  { title: 'a reserved byte', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ reserved1: 7 })), breaks: ['header/reserved-bytes'] },
  { title: 'an unknown id', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_REQ' }, () => ({ id: 4321 })), breaks: ['header/known-message-id', 'exchange/reply-asked-for'] },
  { title: 'an end flag of 2', sample: 'playback-to-end', change: edit({ name: 'PLAY_DATA', nth: 5 }, () => ({ byte13: 2 })), breaks: ['header/end-flag-value'] },
  { title: 'an end flag in live video', sample: 'monitor-two-sockets', change: edit({ name: 'MONITOR_DATA', nth: 5 }, () => ({ byte13: 1 })), breaks: ['header/end-flag-where-data-ends'] },
  { title: 'two packets are promised and one comes', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_RSP' }, () => ({ byte12: 2 })), breaks: ['framing/missing-fragments'] },
  { title: 'two packets, the second of which is a third', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_RSP' }, () => ({ byte12: 2, byte13: 2 })), breaks: ['fragments/index-below-total'] },
  // framing
  { title: 'garbage between two messages', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_RSP' }, ({ body }) => ({ body: Buffer.concat([body, Buffer.alloc(40, 0x2e)]), length: body.length })), breaks: ['framing/skipped-bytes'] },
  { title: 'a length beyond all reason', sample: 'login-and-keepalive', change: edit({ name: 'LOGOUT_RSP' }, () => ({ length: 0x7000_0000 })), breaks: ['framing/oversized-body', 'framing/skipped-bytes'] },
  // sequence
  { title: 'a request skips a number', sample: 'configuration-get-set', change: edit({ name: 'CONFIG_GET', nth: 2 }, ({ sequence }) => ({ sequence: sequence + 50 })), breaks: ['sequence/counts-up'] },
  { title: 'the first request is number 9', sample: 'login-and-keepalive', change: edit({ name: 'LOGIN_REQ' }, () => ({ sequence: 9 })), breaks: ['sequence/starts-at-zero'] },
  { title: 'a media packet never was sent', sample: 'monitor-two-sockets', change: drop({ name: 'MONITOR_DATA', nth: 40 }), breaks: ['sequence/media-counts-up'] },
  // body
  { title: 'a required key is gone', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_REQ' }, { UserName: undefined }), breaks: ['body/missing-key'] },
  { title: 'a number for a text', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_REQ' }, { UserName: { a: 1 } }), breaks: ['body/wrong-type'] },
  { title: 'no JSON at all', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, () => 'nothing of use'), breaks: ['body/not-json'] },
  { title: 'the JSON breaks off at once', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, () => '{ :'), breaks: ['body/not-json'] },
  { title: 'the JSON ends before its end', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.slice(0, text.lastIndexOf('}'))), breaks: ['body/json-cut'] },
  { title: 'a comma is missing', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace(',', ' ')), breaks: ['body/json-slip'] },
  { title: 'a comma too many', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace(/\s*\}/, ', }')), breaks: ['body/json-habit'] },
  { title: 'a key twice', sample: 'login-and-keepalive', change: rewrite({ name: 'TIMEQUERY_RSP' }, (text) => text.replace('{', '{ "Ret" : 100,')), breaks: ['body/duplicate-key'] },
  { title: 'another session in the body', sample: 'login-and-keepalive', change: editBody({ name: 'TIMEQUERY_RSP' }, { SessionID: '0x00000099' }), breaks: ['body/other-session'] },
  { title: 'an unknown key', sample: 'login-and-keepalive', change: editBody({ name: 'TIMEQUERY_RSP' }, { Extra: 1 }), breaks: ['body/unknown-key'] },
  { title: 'a key in another case', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_REQ' }, { LoginType: undefined, loginType: 'DVRIP-Web' }), breaks: ['body/other-case-key'] },
  { title: 'a padded key', sample: 'login-and-keepalive', change: editBody({ name: 'TIMEQUERY_RSP' }, { Name: undefined, 'Name ': 'OPTimeQuery' }), breaks: ['body/padded-key'] },
  { title: 'an unknown return code', sample: 'login-and-keepalive', change: editBody({ name: 'TIMEQUERY_RSP' }, { Ret: 4711 }), breaks: ['body/unknown-return-code'] },
  { title: 'Latin-1 in a text', sample: 'login-and-keepalive', change: rewrite({ name: 'LOGIN_REQ' }, (text) => text.replace('admin', 'adm\xefn')), breaks: ['body/not-utf8'] },
  { title: 'a body without a session id', sample: 'login-and-keepalive', change: editBody({ name: 'TIMEQUERY_RSP' }, { SessionID: undefined }), breaks: ['body/session-id-in-body'] },
  { title: 'null for a number', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_RSP' }, { ChannelNum: null }), breaks: ['body/null'] },
  { title: 'a number as text', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_RSP' }, { ChannelNum: '4' }), breaks: ['body/number-as-text'] },
  // login, session
  { title: 'the login is never answered', sample: 'two-clients', change: drop({ name: 'LOGIN_RSP', nth: 1 }), breaks: ['login/answered'] },
  { title: 'no session id is given', sample: 'login-and-keepalive', change: both(edit({ name: 'LOGIN_RSP' }, () => ({ sessionId: 0 })), editBody({ name: 'LOGIN_RSP' }, { SessionID: '0x00000000' })), breaks: ['login/gives-session-id'] },
  { title: 'an unknown way to encrypt', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_REQ' }, { EncryptType: 'ROT13' }), breaks: ['body/wrong-value'] },
  { title: 'a second login on the socket', sample: 'login-and-keepalive', change: (said) => { const again = said.filter(({ name }) => name.startsWith('LOGIN_')); const later = again.map((told) => ({ ...told, time: (said[3]?.time ?? 0) + 0.01, sequence: 2 })); return [...said.slice(0, 4), ...later, ...said.slice(4).map((told) => ({ ...told, sequence: told.sequence + 1 }))]; }, breaks: ['login/once-per-socket'] },
  { title: 'no logout', sample: 'login-and-keepalive', change: drop({ name: 'LOGOUT_REQ' }, { name: 'LOGOUT_RSP' }), breaks: ['session/logout-before-close'] },
  { title: 'a request after the logout', sample: 'login-and-keepalive', change: (said) => said.concat(said.filter(({ name }) => name.startsWith('TIMEQUERY')).map((told, i) => ({ ...told, time: (said.at(-1)?.time ?? 0) + 0.01 * (i + 1), sequence: 7 }))), breaks: ['session/nothing-after-logout'] },
  // keepalive
  { title: 'silence', sample: 'login-and-keepalive', change: wait({ name: 'TIMEQUERY_REQ' }, 60), breaks: ['keepalive/in-time'] },
  { title: 'a keepalive without an answer', sample: 'login-and-keepalive', change: drop({ name: 'KEEPALIVE_RSP', nth: 1 }), breaks: ['keepalive/answered'] },
  { title: 'an interval of nothing', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_RSP' }, { AliveInterval: 0 }), breaks: ['keepalive/interval-sane'] },
  // exchange
  { title: 'an answer never came', sample: 'configuration-get-set', change: drop({ name: 'SYSINFO_RSP', nth: 1 }), breaks: ['exchange/request-answered'] },
  { title: 'an answer came late', sample: 'configuration-get-set', change: wait({ name: 'SYSINFO_RSP', nth: 1 }, 9), breaks: ['exchange/answered-in-time'] },
  { title: 'an answer that nobody asked for', sample: 'login-and-keepalive', change: forget({ name: 'TIMEQUERY_REQ' }), breaks: ['exchange/reply-asked-for'] },
  { title: 'an answer twice', sample: 'login-and-keepalive', change: repeat({ name: 'TIMEQUERY_RSP' }), breaks: ['exchange/answered-once'] },
  { title: 'the answer names another object', sample: 'configuration-get-set', change: editBody({ name: 'CONFIG_SET_RSP' }, { Name: 'Camera.Param' }), breaks: ['exchange/name-as-requested'] },
  // direction
  { title: 'the device asks', sample: 'login-and-keepalive', change: say({ name: 'TIMEQUERY_RSP' }, (there) => ({ ...there, id: 1452, sequence: 0, body: json({ Name: 'OPTimeQuery', SessionID: '0x0000000B' }) })), breaks: ['direction/requests-from-client'] },
  { title: 'the client answers', sample: 'login-and-keepalive', change: edit({ name: 'TIMEQUERY_RSP' }, ({ byOpener }) => ({ byOpener: !byOpener })), breaks: ['direction/replies-from-device', 'exchange/request-answered'] },
  { title: 'the client pushes an alarm', sample: 'alarms', change: both(say({ name: 'UNGUARD_RSP' }, (there) => ({ ...there, id: 1504, byOpener: true, sequence: 5, body: json({ Name: 'AlarmInfo', SessionID: '0x0000000B', AlarmInfo: { Channel: 2, Event: 'VideoLoss', StartTime: '2026-11-22 10:00:00', Status: 'Start' } }) })), edit({ name: 'LOGOUT_REQ' }, () => ({ sequence: 6 })), edit({ name: 'LOGOUT_RSP' }, () => ({ sequence: 6 }))), breaks: ['direction/pushes-from-device'] },
  { title: 'video from the client', sample: 'monitor-two-sockets', change: say({ name: 'MONITOR_DATA', nth: 50 }, (there) => ({ ...there, byOpener: true, sequence: 0 })), breaks: ['direction/media-from-its-sender'] },
  // alarm, discovery, search
  { title: 'alarms that nobody asked for', sample: 'alarms', change: forget({ name: 'GUARD_REQ' }, { name: 'GUARD_RSP' }), breaks: ['alarm/only-when-guarded'] },
  { title: 'an alarm after the guard was taken down', sample: 'alarms', change: both(wait({ name: 'LOGOUT_REQ' }, 18), say({ name: 'UNGUARD_RSP' }, (there) => ({ ...there, id: 1504, sequence: 4, time: there.time + 15, body: json({ Name: 'AlarmInfo', SessionID: '0x0000000B', AlarmInfo: { Channel: 2, Event: 'VideoLoss', StartTime: '2026-11-22 10:00:00', Status: 'Start' } }) }))), breaks: ['alarm/unguard-stops'] },
  { title: 'a probe with a body', sample: 'discovery', change: edit({ name: 'IPSEARCH_REQ' }, () => ({ body: json({ Search: 1 }) })), breaks: ['discovery/bare-probe', 'body/unknown-key'] },
  { title: 'discovery in a session', sample: 'discovery', change: edit({ name: 'IPSEARCH_RSP' }, () => ({ sessionId: 9 })), breaks: ['discovery/no-session'] },
  { title: 'a reply without an address', sample: 'discovery', change: (said) => said.map((told) => told.name === 'IPSEARCH_RSP' ? { ...told, body: json({ Ret: 100, SessionID: '0x00000000', 'NetWork.NetCommon': {} }) } : told), breaks: ['discovery/reply-has-address'] },
  { title: 'a range that ends before it begins', sample: 'download-to-end', change: editBody({ name: 'FILESEARCH_REQ' }, { 'OPFileQuery>BeginTime': '2031-01-01 00:00:00' }), breaks: ['search/range-sane'] },
  // claim, monitor
  { title: 'nobody claimed the socket', sample: 'monitor-two-sockets', change: drop({ name: 'MONITOR_CLAIM' }, { name: 'MONITOR_CLAIM_RSP' }), breaks: ['claim/before-media', 'claim/before-start'] },
  { title: 'the claim bears no session', sample: 'monitor-two-sockets', change: edit({ name: 'MONITOR_CLAIM' }, () => ({ sessionId: 0 })), breaks: ['claim/carries-session-id'] },
  { title: 'the start comes before the claim', sample: 'monitor-two-sockets', change: swap({ name: 'MONITOR_CLAIM' }, { name: 'MONITOR_REQ' }), breaks: ['claim/before-start'] },
  { title: 'another channel is started', sample: 'monitor-two-sockets', change: editBody({ name: 'MONITOR_REQ' }, { 'OPMonitor>Parameter>Channel': 3 }), breaks: ['monitor/start-matches-claim', 'monitor/stop-names-running-stream'] },
  { title: 'video after the stop', sample: 'monitor-two-sockets', change: (said) => { const data = said.findLast(({ name }) => name === 'MONITOR_DATA'); const end = said.at(-1)?.time ?? 0; return data === undefined ? said : [...said, ...Array.from({ length: 40 }, (_, i) => ({ ...data, sequence: data.sequence + i + 1, time: end + 0.2 * (i + 1) }))]; }, breaks: ['monitor/stops-after-stop', 'monitor/socket-closed-after-stop'] },
  { title: 'the stop names another channel', sample: 'monitor-two-sockets', change: editBody({ name: 'MONITOR_REQ', nth: 1 }, { 'OPMonitor>Parameter>Channel': 3 }), breaks: ['monitor/stop-names-running-stream'] },
  { title: 'no video at all', sample: 'monitor-two-sockets', change: both(dropAll('MONITOR_DATA'), wait({ name: 'KEEPALIVE_REQ' }, 15)), breaks: ['monitor/data-after-start'] },
  { title: 'no key frame at the beginning', sample: 'monitor-two-sockets', change: drop({ name: 'MONITOR_DATA' }), breaks: ['monitor/starts-with-key-frame', 'media/chunk-framing'] },
  { title: 'another channel in the header', sample: 'monitor-two-sockets', change: (said) => said.map((told) => (told.name === 'MONITOR_DATA' ? { ...told, byte12: 2 } : told)), breaks: ['monitor/channel-in-header'] },
  // playback, download, talk, upgrade
  { title: 'no end flag', sample: 'playback-to-end', change: both(drop({ name: 'PLAY_DATA', nth: -1 }), forget({ name: 'PLAY_REQ', nth: 1 }, { name: 'PLAY_RSP', nth: 1 })), breaks: ['playback/ends-with-end-flag'] },
  { title: 'data after the end', sample: 'playback-to-end', change: say({ name: 'PLAY_DATA', nth: -1 }, (there) => ({ ...there, byte13: 0, sequence: there.sequence + 1, body: Buffer.alloc(64, 0x55) })), breaks: ['playback/nothing-after-end'] },
  { title: 'a file that no search has named', sample: 'playback-to-end', change: (said) => said.map((told) => (told.name === 'PLAY_CLAIM' || told.name === 'PLAY_REQ' ? { ...told, body: Buffer.from(told.body.toString('latin1').replaceAll(/\/idea0[^"]*/g, '/idea0/none.h264'), 'latin1') } : told)), breaks: ['playback/file-from-search'] },
  { title: 'a download without an end flag', sample: 'download-to-end', change: both(drop({ name: 'DOWNLOAD_DATA', nth: -1 }), forget({ name: 'PLAY_REQ', nth: 1 }, { name: 'PLAY_RSP', nth: 1 })), breaks: ['download/ends-with-end-flag'] },
  { title: 'a second talker is let in', sample: 'talk-both-ways', change: editBody({ name: 'TALK_RSP', nth: 1 }, { Ret: 100 }), breaks: ['talk/one-at-a-time'] },
  { title: 'an upgrade packet is not acknowledged', sample: 'upgrade', change: drop({ name: 'UPGRADE_DATA_RSP', nth: 2 }), breaks: ['upgrade/acknowledged-packet-by-packet'] },
  { title: 'no end flag on the last packet', sample: 'upgrade', change: drop({ name: 'UPGRADE_DATA', nth: -1 }, { name: 'UPGRADE_DATA_RSP', nth: -1 }), breaks: ['upgrade/end-flag-on-last'] },
  { title: 'progress goes back', sample: 'upgrade', change: editBody({ name: 'UPGRADE_PROGRESS', nth: 5 }, { Ret: 1 }), breaks: ['upgrade/progress-ascends'] },
  { title: 'progress of 300 percent', sample: 'upgrade', change: editBody({ name: 'UPGRADE_PROGRESS', nth: 5 }, { Ret: 300 }), breaks: ['upgrade/progress-in-range', 'body/unknown-return-code'] },
  { title: 'the upgrade never says how it ended', sample: 'upgrade', change: drop({ name: 'UPGRADE_PROGRESS', nth: -1 }), breaks: ['upgrade/ends-with-result'] },
  { title: 'a second upgrade is let in', sample: 'upgrade', change: editBody({ name: 'UPGRADE_RSP', nth: 1 }, { Ret: 100 }), breaks: ['upgrade/not-twice'] },
  { title: 'data without a start', sample: 'upgrade', change: drop({ name: 'UPGRADE_REQ' }, { name: 'UPGRADE_RSP' }), breaks: ['upgrade/start-first'] },
  { title: 'neither picture nor reason', sample: 'snapshot', change: edit({ name: 'NET_SNAP_RSP' }, () => ({ body: Buffer.from('neither') })), breaks: ['snapshot/picture-or-reason'] },
  // security
  { title: 'a well-known password', sample: 'login-and-keepalive', change: editBody({ name: 'LOGIN_REQ' }, { PassWord: '6QNMIQGe' }), breaks: ['security/default-password'] },
];
