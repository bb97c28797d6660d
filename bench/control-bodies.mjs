import { sessionIdText } from './dvrip-message.mjs';

/** @typedef {{ id: number, request: object, reply: object }} Exchange */
/** @typedef {(sessionId: number, turn: number) => Exchange} MakeExchange */

const OK = 100;

/** A login whose password is «hunter2»: no default one, which would be a finding. @param {number} sessionId @returns {Exchange} */
export function login(sessionId) {
  return {
    id: 1000,
    request: { EncryptType: 'MD5', LoginType: 'DVRIP-Web', PassWord: 'fvkkGRg2', UserName: 'viewer' },
    reply: {
      AliveInterval: 21,
      ChannelNum: 1,
      // The blank is on the wire, from every generation of devices.
      'DeviceType ': 'IPC',
      ExtraChannel: 0,
      Ret: OK,
      SessionID: sessionIdText(sessionId),
    },
  };
}

/** @param {number} sessionId @returns {Exchange} */
export function logout(sessionId) {
  return acknowledged(1002, sessionId, { Name: '' });
}

/** @param {number} sessionId @returns {Exchange} */
export function keepAlive(sessionId) {
  return acknowledged(1006, sessionId, { Name: 'KeepAlive' });
}

/** @param {number} id 1410 or 1413 @param {number} sessionId @param {string} action Claim, Start, Stop @returns {Exchange} */
export function monitor(id, sessionId, action) {
  const Parameter = { Channel: 0, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' };
  return acknowledged(id, sessionId, { Name: 'OPMonitor', OPMonitor: { Action: action, Parameter } });
}

/**
 * What a client polls and commands, in turn; bodies of 50 to 600 bytes whose values change from turn to turn.
 * @type {readonly MakeExchange[]}
 */
export const CONTROL_MIX = [
  (session, turn) =>
    configuration(session, 'General.General', {
      AutoLogout: turn % 60,
      FontSize: 24,
      IranCalendarEnable: 0,
      LocalNo: turn % 998,
      MachineName: `camera-${turn}`,
      OverWrite: 'OverWrite',
      ScreenAutoShutdown: 10,
      ScreenSaveTime: 0,
      VideoOutPut: 'AUTO',
    }),
  (session, turn) => pan(session, 'DirectionLeft', turn),
  (session, turn) => ({
    id: 1452,
    request: { Name: 'OPTimeQuery', SessionID: sessionIdText(session) },
    reply: { Name: 'OPTimeQuery', OPTimeQuery: clockText(turn), Ret: OK, SessionID: sessionIdText(session) },
  }),
  (session, turn) => configuration(session, 'General.AutoMaintain', maintenance(turn)),
  (session) => keepAlive(session),
  (session, turn) => configuration(session, 'General.Location', location(turn)),
  (session, turn) => ({
    id: 1020,
    request: { Name: 'SystemInfo', SessionID: sessionIdText(session) },
    reply: { Name: 'SystemInfo', Ret: OK, SessionID: sessionIdText(session), SystemInfo: systemInfo(turn) },
  }),
  (session, turn) => pan(session, 'ZoomTile', turn),
  (session, turn) =>
    configuration(session, 'NetWork.NetNTP', {
      Enable: turn % 2 === 0,
      Server: {
        Address: `0x${(0x0100000a + turn).toString(16).toUpperCase().padStart(8, '0')}`,
        Anonymity: false,
        Name: 'ntp.example.org',
        Password: '',
        Port: 123,
        UserName: '',
      },
      TimeZone: 0,
      UpdatePeriod: 60,
    }),
  (session, turn) => pan(session, 'DirectionUp', turn),
];

/** @param {number} id @param {number} sessionId @param {{ Name: string, [key: string]: unknown }} request @returns {Exchange} */
function acknowledged(id, sessionId, request) {
  const SessionID = sessionIdText(sessionId);
  return { id, request: { ...request, SessionID }, reply: { Name: request.Name, Ret: OK, SessionID } };
}

/** @param {number} sessionId @param {string} Name @param {object} value @returns {Exchange} */
function configuration(sessionId, Name, value) {
  const SessionID = sessionIdText(sessionId);
  return { id: 1042, request: { Name, SessionID }, reply: { Name, [Name]: value, Ret: OK, SessionID } };
}

/** @param {number} sessionId @param {string} Command @param {number} turn @returns {Exchange} */
function pan(sessionId, Command, turn) {
  const SessionID = sessionIdText(sessionId);
  const Parameter = {
    AUX: { Number: 0, Status: 'On' },
    Channel: 0,
    MenuOpts: 'Enter',
    POINT: { bottom: 0, left: 0, right: 0, top: 0 },
    Pattern: 'SetBegin',
    Preset: turn % 2 === 0 ? 65535 : -1,
    Step: 1 + (turn % 8),
    Tour: 0,
  };
  return {
    id: 1400,
    request: { Name: 'OPPTZControl', OPPTZControl: { Command, Parameter }, SessionID },
    reply: { Name: '', Ret: OK, SessionID },
  };
}

/** @param {number} turn */
function maintenance(turn) {
  return { AutoDeleteFilesDays: turn % 30, AutoRebootDay: 'Never', AutoRebootHour: turn % 24 };
}

/** @param {number} turn */
function location(turn) {
  return {
    DSTEnd: { Day: 1, Hour: 1, Minute: turn % 60, Month: 10, Week: 0, Year: 2026 },
    DSTRule: 'Off',
    DSTStart: { Day: 1, Hour: 1, Minute: turn % 60, Month: 5, Week: 0, Year: 2026 },
    DateFormat: 'YYMMDD',
    DateSeparator: '-',
    Language: 'English',
    TimeFormat: '24',
    VideoFormat: 'PAL',
    WorkDay: 62,
  };
}

/** @param {number} turn */
function systemInfo(turn) {
  return {
    AlarmInChannel: 1,
    AlarmOutChannel: 1,
    AudioInChannel: 1,
    BuildTime: '2025-03-14 09:26:53',
    CombineSwitch: 0,
    DeviceRunTime: `0x${turn.toString(16).toUpperCase().padStart(8, '0')}`,
    DigChannel: 0,
    EncryptVersion: 'Unknown',
    ExtraChannel: 0,
    HardWare: '50H20L',
    HardWareVersion: 'Unknown',
    SerialNo: `00000000${(turn % 100).toString(16).padStart(8, '0')}`,
    SoftWareVersion: 'V4.03.R11.00000117.10001.131900.00000',
    TalkInChannel: 1,
    TalkOutChannel: 1,
    UpdataTime: '',
    UpdataType: '0x00000000',
    VideoInChannel: 1,
    VideoOutChannel: 1,
  };
}

/** @param {number} turn seconds past eight in the morning */
function clockText(turn) {
  const date = new Date(Date.UTC(2026, 0, 15, 8, 0, turn % 86_400));
  return date.toISOString().slice(0, 19).replace('T', ' ');
}
