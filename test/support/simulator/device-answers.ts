/** What the device answers to each request that is no media operation. */
import { type JsonObject, jsonAt, sessionText, textAt } from './body-text.ts';
import type { Connection } from './connection.ts';
import type { Device, Session } from './device.ts';
import { ABILITIES, DEVICE_LOG, RECORDED_FILES, systemInformation, USERS } from './device-configuration.ts';
import { FILE_ANSWERS } from './device-files.ts';
import { MEDIA_ANSWERS } from './device-media.ts';
import { sofiaHash } from './password.ts';
import { ID, type Message } from './wire.ts';

export interface Call {
  readonly device: Device;
  readonly connection: Connection;
  /** Undefined only before the login. */
  readonly session: Session | undefined;
  readonly message: Message;
  readonly body: JsonObject;
}

export interface ReplyStyle {
  readonly sessionId?: number;
  /** Replies that carry a struct write the session id without padding (field notes 2). */
  readonly struct?: boolean;
  /** Some replies carry the request's number plus one (field notes 4). */
  readonly sequenceStep?: number;
  /** The name that DeviceOptions.splitNames may hold. */
  readonly name?: string;
}

export type Answer = (call: Call) => void;

const WRONG_PASSWORD = 203;
const UNKNOWN_USER = 205;
const NO_SUCH_CONFIGURATION = 607;
const NOTHING_FOUND = 109;

function login({ device, connection, message, body, session: open }: Call): void {
  const call = { device, connection, message, body, session: open };
  const user = textAt(body, 'UserName');
  const password = device.options.users?.[user] ?? (device.options.users === undefined ? '' : undefined);
  if (password === undefined || textAt(body, 'PassWord') !== sofiaHash(password)) {
    const ret = password === undefined ? UNKNOWN_USER : WRONG_PASSWORD;
    device.reply(call, { Name: '', Ret: ret });
    const { local, remote } = connection;
    device.wireLog.refused({ user, loginType: textAt(body, 'LoginType'), ret, socket: { local, remote } });
    return;
  }
  const aliveInterval = device.options.aliveInterval ?? 21;
  const deviceType = device.options.deviceType ?? 'HVR';
  const facts = {
    sessionId: device.takeSessionId(),
    user,
    client: connection.remote,
    device: connection.local,
    loginType: textAt(body, 'LoginType'),
    deviceType,
    channels: device.channels,
    aliveInterval,
  };
  const session = device.openSession(facts, connection);
  const fields = {
    AliveInterval: aliveInterval,
    ChannelNum: device.channels,
    'DeviceType ': deviceType,
    ExtraChannel: 0,
  };
  device.reply(call, fields, { sessionId: session.id });
}

function logout(call: Call): void {
  call.device.reply(call, { Name: '' });
  if (call.session !== undefined) call.device.closeSession(call.session, 'logged-out');
}

/** The client agreed to be logged out: the session ends and the device hangs up. */
function forceLogoutAgreed({ device, session, connection }: Call): void {
  if (session !== undefined) device.closeSession(session, 'forced-out');
  void connection.close();
}

function acknowledge(call: Call): void {
  call.device.reply(call, { Name: textAt(call.body, 'Name') });
}

/** `Name.[2]` asks for one element of the list kept under `Name`. */
function configurationOf(device: Device, name: string) {
  const indexed = /^(.+)\.\[(\d+)\]$/.exec(name);
  if (indexed === null) return device.configuration.get(name);
  const list = device.configuration.get(indexed[1] ?? '');
  return Array.isArray(list) ? list[Number(indexed[2])] : undefined;
}

function configGet(call: Call): void {
  const name = textAt(call.body, 'Name');
  const value = configurationOf(call.device, name);
  if (value === undefined) call.device.reply(call, { Name: name, Ret: NO_SUCH_CONFIGURATION });
  else call.device.reply(call, { Name: name, [name]: value }, { struct: true, name });
}

function configSet(call: Call): void {
  const name = textAt(call.body, 'Name');
  const value = jsonAt(call.body, name);
  const known = configurationOf(call.device, name) !== undefined;
  if (known && value !== undefined && call.device.configuration.has(name))
    call.device.configuration.set(name, value);
  call.device.reply(call, { Name: name, Ret: known ? 100 : NO_SUCH_CONFIGURATION });
}

function systemInfo(call: Call): void {
  const name = textAt(call.body, 'Name');
  const value = systemInformation(call.device.channels)[name];
  if (value === undefined) call.device.reply(call, { Name: name, Ret: 102 });
  else call.device.reply(call, { Name: name, [name]: value }, { struct: true });
}

function ability(call: Call): void {
  const name = textAt(call.body, 'Name');
  const value = ABILITIES[name];
  if (value === undefined) call.device.reply(call, { Name: name, Ret: 103 });
  else call.device.reply(call, { Name: name, [name]: value }, { struct: true });
}

function fileQuery(call: Call): void {
  const found = textAt(call.body, 'OPFileQuery', 'Type') === 'h264';
  const fields = found ? { OPFileQuery: RECORDED_FILES } : { Ret: NOTHING_FOUND };
  call.device.reply(call, { Name: 'OPFileQuery', ...fields });
}

function timeText(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

/** Alarms go to whoever asked for them, on the control socket, until they are no longer wanted. */
function guard(call: Call): void {
  const { device, session } = call;
  device.reply(call, { Name: '' });
  if (session === undefined) return;
  let wanted = true;
  session.streams.set('guard', {
    done: Promise.resolve(),
    stop: () => {
      wanted = false;
    },
  });
  for (const { afterMilliseconds, channel, event, status } of device.options.alarms ?? []) {
    device.after(afterMilliseconds, () => {
      if (!wanted) return;
      const alarm = { Channel: channel, Event: event, StartTime: timeText(new Date()), Status: status };
      const fields = { AlarmInfo: alarm, Name: 'AlarmInfo', SessionID: sessionText.bare(session.id) };
      device.push(session, ID.alarm, fields);
    });
  }
}

function unguard(call: Call): void {
  call.session?.streams.get('guard')?.stop();
  call.device.reply(call, { Name: '' });
}

export const ANSWERS: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [ID.login, login],
  [ID.logout, logout],
  [ID.forceLogout + 1, forceLogoutAgreed],
  [ID.keepAlive, acknowledge],
  [ID.systemInfo, systemInfo],
  [ID.configGet, configGet],
  [ID.defaultConfigGet, configGet],
  [ID.configSet, configSet],
  [ID.channelTitleGet, configGet],
  [ID.channelTitleSet, configSet],
  [ID.abilityGet, ability],
  [ID.ptz, (call) => call.device.reply(call, { Name: '' })],
  [ID.fileQuery, fileQuery],
  [
    ID.logQuery,
    (call) => call.device.reply(call, { Name: 'OPLogQuery', OPLogQuery: DEVICE_LOG }, { struct: true }),
  ],
  [ID.systemManager, acknowledge],
  [
    ID.timeQuery,
    (call) =>
      call.device.reply(call, { Name: 'OPTimeQuery', OPTimeQuery: timeText(new Date()) }, { struct: true }),
  ],
  [ID.users, (call) => call.device.reply(call, { Name: 'Users', Users: USERS })],
  [ID.guard, guard],
  [ID.unguard, unguard],
  [ID.netAlarm, acknowledge],
  ...MEDIA_ANSWERS,
  ...FILE_ANSWERS,
]);
