import { describe, expect, it } from 'vitest';
import { complaintsOf, wrongs } from './judging.ts';

describe('what no client may ask and no device does', () => {
  const SessionID = '0x1';
  const monitor = { Channel: 0, StreamType: 'Main', TransMode: 'TCP' };
  it.each<[number, 'client' | 'device', Record<string, unknown>, string]>([
    [1000, 'client', { EncryptType: 'ROT13', UserName: 'a', PassWord: 'b' }, 'EncryptType'],
    [1000, 'client', { EncryptType: 'MD5', UserName: true, PassWord: 'b' }, 'UserName'],
    [1001, 'device', { Ret: 'yes', SessionID }, 'Ret'],
    [1006, 'client', { Name: 'KeepAlive', SessionID: 'none' }, 'SessionID'],
    [1021, 'device', { Name: 'SystemInfo', SystemInfo: 'none', Ret: 100, SessionID }, 'SystemInfo'],
    [1410, 'client', { Name: 'OPMonitor', OPMonitor: { Action: 'Begin', Parameter: monitor } }, 'Action'],
    [
      1410,
      'client',
      { Name: 'OPMonitor', OPMonitor: { Action: 'Start', Parameter: { ...monitor, Channel: -1 } } },
      'Channel',
    ],
    [
      1413,
      'client',
      { Name: 'OPMonitor', OPMonitor: { Action: 'Claim', Parameter: { ...monitor, StreamType: 'Third' } } },
      'StreamType',
    ],
    [1400, 'client', { Name: 'PTZControl', SessionID }, 'OPPTZControl'],
    [
      1400,
      'client',
      { Name: 'OPPTZControl', OPPTZControl: { Command: 'Jump', Parameter: { Channel: 0 } } },
      'Command',
    ],
    [1450, 'client', { Name: 'OPMachine', OPMachine: { Action: 'Explode' } }, 'Action'],
    [
      1460,
      'client',
      { Name: 'OPStorageManager', OPStorageManager: { Action: 'Erase', PartNo: 0, SerialNo: 0 } },
      'Action',
    ],
    [1473, 'device', { Ret: 100, Users: [{ Name: 'a', AuthorityList: 'all' }] }, 'AuthorityList'],
    [1524, 'device', { Name: '', SessionID }, 'Ret'],
  ])('%i %s %j is wrong at %s', (id, from, body, key) => {
    const found = wrongs(complaintsOf({ id, from, body }));
    expect(found.map(({ path }) => path.at(-1))).toContain(key);
  });

  it('does not repeat a secret in a complaint', () => {
    const found = complaintsOf({
      id: 1488,
      from: 'client',
      body: { EncryptType: 'MD5', NewPassWord: 123454321, PassWord: ['hunter2'], UserName: 'u', SessionID },
    });
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toMatch(/123454321|hunter2/);
  });
});

describe('habits of devices (field notes §2)', () => {
  const SessionID = '0x00000057';
  const login = { AliveInterval: 21, ChannelNum: 4, ExtraChannel: 0, Ret: 100, SessionID };
  it.each<[string, number, 'client' | 'device', Record<string, unknown>]>([
    ['DeviceType without its blank', 1001, 'device', { ...login, DeviceType: 'HVR' }],
    [
      'the blanks that the specification prints',
      1001,
      'device',
      { ...login, 'DeviceType ': 'DVR', ' ExtraChannel': 1 },
    ],
    [
      'a session id with blanks around its key',
      1003,
      'device',
      { Name: '', ' SessionID ': '00000001', Ret: 100 },
    ],
    ['an unknown kind of device', 1001, 'device', { ...login, 'DeviceType ': 'XYZ' }],
    [
      'further keys in the reply to a login',
      1001,
      'device',
      { ...login, 'DeviceType ': 'IPC', DataUseAES: false, New: 1 },
    ],
    ['a failed login', 1001, 'device', { Name: '', Ret: 203, SessionID: '0x00000000' }],
    [
      'a failed login with stray memory',
      1001,
      'device',
      { ...login, AliveInterval: 0, ChannelNum: 0, 'DeviceType ': 'DVR', ExtraChannel: 8237788, Ret: 205 },
    ],
    [
      'an unpadded session id',
      1453,
      'device',
      { Name: 'OPTimeQuery', OPTimeQuery: '2026-11-22 10:00:00', Ret: 100, SessionID: '0x38' },
    ],
    ['a session id of ten digits', 1006, 'client', { Name: 'KeepAlive', SessionID: '0x000000001b' }],
    ['a decimal session id', 1502, 'client', { SessionID: '1' }],
    ['a forced logout answered without Ret', 1005, 'client', { Name: '', SessionID }],
    ['a logout answered without Ret', 1003, 'device', { Name: '', SessionID: '00000001' }],
    ['a reply without Name', 1475, 'device', { Groups: [], Ret: 100, SessionID }],
    [
      'a reply with an empty Name',
      1441,
      'device',
      { Name: '', OPFileQuery: [{ FileName: 'a' }], Ret: 100, SessionID },
    ],
    ['null for an empty log', 1443, 'device', { Name: 'OPLogQuery', OPLogQuery: null, Ret: 100, SessionID }],
    [
      'null for an object that is not there',
      1043,
      'device',
      { Name: 'NetWork.DigManagerShow', 'NetWork.DigManagerShow': null, Ret: 100, SessionID },
    ],
    [
      'null for an unknown default',
      1045,
      'device',
      { Name: 'No.Such', 'No.Such': null, Ret: 100, SessionID },
    ],
    [
      'an empty title under any name',
      1049,
      'device',
      { Name: 'General.General', 'General.General': [''], Ret: 100, SessionID },
    ],
    [
      'rights that are null',
      1473,
      'device',
      { Users: [{ Name: 'a', AuthorityList: null }], Ret: 100, SessionID },
    ],
    [
      '0 and 1 for flags',
      1473,
      'device',
      { Users: [{ Name: 'a', Reserved: 1, Sharable: 0 }], Ret: 100, SessionID },
    ],
    [
      'numbers as text',
      1021,
      'device',
      { Name: 'SystemInfo', SystemInfo: { VideoInChannel: '4', DeviceRunTime: 410 }, Ret: 100, SessionID },
    ],
    [
      'masks as hexadecimal text',
      1021,
      'device',
      { Name: 'WorkState', WorkState: { AlarmState: { AlarmIn: '0x00000001' } }, Ret: 100, SessionID },
    ],
    [
      'an empty update time',
      1021,
      'device',
      { Name: 'SystemInfo', SystemInfo: { UpdataTime: '', UpdataType: '0x00000000' }, Ret: 100, SessionID },
    ],
    [
      'zero dates',
      1021,
      'device',
      {
        Name: 'StorageInfo',
        StorageInfo: [
          { Partition: [{ NewEndTime: '0000-00-00 00:00:00', OldStartTime: '2000-00-00 00:00:00' }] },
        ],
        Ret: 100,
        SessionID,
      },
    ],
    [
      'an unknown event',
      1504,
      'device',
      {
        Name: 'AlarmInfo',
        AlarmInfo: { Channel: 0, Event: 'CatDetect', Status: 'Start' },
        SessionID: '0x1c',
      },
    ],
    ['an alarm of another name', 1504, 'device', { Name: 'NewAlarm', NewAlarm: { x: 1 }, SessionID: '0x1c' }],
    [
      'an id that the device does not know',
      2041,
      'device',
      { Name: 'General.SupportLang', Ret: 102, SessionID },
    ],
    [
      'a broken request that is echoed',
      1441,
      'device',
      { Name: 'OPFileQuery', OPFileQuery: { BeginTime: 5 }, Ret: 103, SessionID },
    ],
    ['a Ret of 0', 1449, 'device', { Name: '', Ret: 0, SessionID }],
    ['authorizeStat in a failure', 1021, 'device', { Name: '', Ret: 103, SessionID, authorizeStat: null }],
    [
      'a search that found nothing',
      1441,
      'device',
      { Name: 'OPFileQuery', OPFileQuery: null, Ret: 119, SessionID },
    ],
    [
      'the log under the name of the specification',
      1443,
      'device',
      {
        Name: 'LogList',
        LogList: [{ Data: '', Position: 1, Time: '2026-11-22 10:00:00', Type: 'LogIn', User: 'System' }],
        Ret: 100,
        SessionID: '0x3',
      },
    ],
    ['a user list asked for with no body but braces', 1472, 'client', {}],
    ['an operation of another firmware', 1450, 'client', { Name: 'OPNewThing', OPNewThing: {}, SessionID }],
    [
      'a request that names its object loosely',
      1400,
      'client',
      { Name: 'PTZControl', OPPTZControl: { Command: 'DirectionUp', Parameter: { Channel: 0 } }, SessionID },
    ],
    ['padded names of requests', 1020, 'client', { Name: ' WorkState', SessionID: '0x00000002' }],
    [
      'DriverType spelt right',
      1021,
      'device',
      {
        Name: 'StorageInfo',
        StorageInfo: [{ Partition: [{ DriverType: 0, TotalSpace: 100 }] }],
        Ret: 100,
        SessionID,
      },
    ],
  ])('%s is odd at most', (_habit, id, from, body) => {
    expect(wrongs(complaintsOf({ id, from, body }))).toEqual([]);
  });

  it('are told from clean bodies: a padded, an unknown and a differently spelt key, a number for a flag, null', () => {
    const kinds = complaintsOf({
      id: 1473,
      from: 'device',
      body: {
        Ret: 100,
        ' SessionID': '0x1',
        Users: [{ Name: 'a', password: 'x', Sharable: 1, Memo: null, Colour: 'red' }],
      },
    }).map(({ level, kind }) => `${level} ${kind}`);
    expect(kinds.sort()).toEqual([
      'odd null',
      'odd number-for-flag',
      'odd other-case-key',
      'odd padded-key',
      'odd unknown-key',
    ]);
  });
});
