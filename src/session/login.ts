import type { Message } from './message.ts';

/** What a socket has said before its session has an id: negotiation and login request. */
export interface LoginRequest {
  /** Messages, the request among them. */
  messages: number;
  /** Capture time of the first of them. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** The request itself was among them. */
  asked: boolean;
  encrypted: boolean;
  user: string | undefined;
  loginType: string | undefined;
  deviceType: string | undefined;
  channels: number | undefined;
}

/** What the answer to a login says (§5.1.1); absent where the device, or the capture, does not. */
export interface LoginReply {
  readonly ret: number | undefined;
  readonly sessionId: number | undefined;
  readonly deviceType: string | undefined;
  readonly channels: number | undefined;
  readonly aliveInterval: number | undefined;
}

const LONGEST_TEXT = 256;

export function startLogin({ seconds, nanoseconds }: Message): LoginRequest {
  return {
    messages: 0,
    seconds,
    nanoseconds,
    asked: false,
    encrypted: false,
    user: undefined,
    loginType: undefined,
    deviceType: undefined,
    channels: undefined,
  };
}

/** Adds a message without a session id; only a login request says who it is. */
export function addToLogin(login: LoginRequest, message: Message): void {
  login.messages += 1;
  if (message.encrypted) login.encrypted = true;
  if (message.name !== 'LOGIN_REQ') return;
  login.asked = true;
  const body = bodyOf(message);
  login.user = text(body.UserName);
  login.loginType = text(body.LoginType);
  login.deviceType = text(body.DeviceType);
  login.channels = count(body.ChannelNum);
}

export function readLoginReply(message: Message): LoginReply {
  const body = bodyOf(message);
  return {
    ret: message.ret,
    sessionId: sessionIdOf(body.SessionID),
    // The key ends with a blank on every device (field notes §2).
    deviceType: text(body['DeviceType ']) ?? text(body.DeviceType),
    channels: count(body.ChannelNum),
    aliveInterval: count(body.AliveInterval),
  };
}

/** The device logs in to the client and says what it is: active registration (§4.1.2, §5.1.2). */
export function isRegistration(message: Message): boolean {
  const body = bodyOf(message);
  if ('Ret' in body || !('UserName' in body)) return false;
  return 'DeviceType' in body || 'DeviceID' in body || 'ChannelNum' in body;
}

/** Somebody logs in who does not say what device it is: a client (§5.1.1). */
export function isClientLogin(message: Message): boolean {
  const body = bodyOf(message);
  return 'UserName' in body && !('Ret' in body) && !isRegistration(message);
}

/** The JSON object of the body; an empty one where there is none. */
function bodyOf({ content }: Message): Readonly<Record<string, unknown>> {
  if (content?.kind !== 'json') return {};
  const { value } = content;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function sessionIdOf(value: unknown): number | undefined {
  const digits = typeof value === 'string' ? /^\s*0x([0-9a-fA-F]{1,16})\s*$/.exec(value) : null;
  const id = digits === null ? 0 : Number.parseInt(digits[1] ?? '', 16);
  return id > 0 && id <= 0xffff_ffff ? id : undefined;
}
