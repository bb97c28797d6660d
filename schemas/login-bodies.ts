import type { BodySource } from './body.ts';
import { flag, integer, maybe, oneOf, returnCode, secret, sessionIdText, text, usually } from './kinds.ts';

/** Bodies of login, logout and keepalive (§5.1), which both dialects give other ids. */

/** How a password is given: as sent, or by the hash of the specification or of newer firmware (field notes §5, §8). */
export const ENCRYPTION_NAMES = {
  NONE: 'as it is',
  None: 'as it is, in the words of §5.1.1',
  MD5: 'eight characters made of the MD5 digest',
  '3DES': '',
  HSQD: '',
  GIGA: '',
  RSA: 'encrypted with the key of the negotiation',
  TOKEN: 'a token instead of a password',
  MD5_DH: 'hash with both random texts of the negotiation',
  TOKEN_DH: '',
} as const;

/** Kinds of client that are known; the value is free, a version may follow. */
const LOGIN_TYPES = [
  ...['DVRIP-Web', 'DVRIP-WEB', 'DVRIP-Mobile', 'DVRIP-SNS', 'DVRIP-NetKeyboard', 'DVRIP-Server'],
  ...['DVRIP-AutoSearch', 'DVRIP-Upgrade', 'DVRIP-Xm030', 'DVRIP-XmEye', 'DVRIP-NVR', 'DVRIP-FutureHome'],
  ...['DVRIP-Node', 'MegaEye', 'GUI', 'Console'],
] as const;

const DEVICE_TYPES = ['DVR', 'DVS', 'NVS', 'IPC', 'HVR', 'MVR', 'IVR', 'NVR'] as const;

function credentials() {
  return {
    EncryptType: oneOf('form of the password', ENCRYPTION_NAMES),
    UserName: text('account'),
    PassWord: secret('password, in the form that EncryptType names'),
  };
}

/** §5.1.2: the device logs in to the client, and says what it is. */
const REGISTRATION: BodySource = {
  named: false,
  members: () => ({
    ...credentials(),
    DeviceType: usually('kind of device', DEVICE_TYPES),
    DeviceID: integer('number of the device; text in NetWork.DAS'),
    ChannelNum: integer('number of video channels'),
    LoginType: maybe(text('kind of client')),
  }),
};

const REGISTRATION_REPLY: BodySource = {
  members: () => ({ SessionID: sessionIdText() }),
};

/** §5.1.1. LoginType may be missing (field notes §5); newer clients add the key that encrypts the session. */
export const LOGIN_REQUEST: BodySource = {
  named: false,
  members: () => ({
    ...credentials(),
    LoginType: maybe(usually('kind of client', LOGIN_TYPES)),
    CommunicateKey: maybe(secret('key of the session, encrypted')),
  }),
  variant: { is: (body) => 'DeviceID' in body || 'DeviceType' in body, body: REGISTRATION },
};

/** `DeviceType ` ends with a blank on every device (field notes §2). A failure has Name, Ret and SessionID only. */
export const LOGIN_REPLY: BodySource = {
  members: () => ({
    AliveInterval: integer('the client must be heard of at least this often', {
      min: 0,
      unit: 's',
      open: true,
    }),
    ChannelNum: integer('number of video channels', { min: 0, open: true }),
    'DeviceType ': usually('kind of device', DEVICE_TYPES),
    ExtraChannel: maybe(integer('number of channels with combined encoding')),
    SessionID: sessionIdText(),
    DataUseAES: maybe(flag('the session is encrypted; not to be relied upon')),
    AdminToken: maybe(secret('token to log in with later')),
  }),
  variant: {
    is: (body) => body.Name === 'Login' && !('AliveInterval' in body),
    body: REGISTRATION_REPLY,
  },
};

export const LOGOUT_REQUEST: BodySource = { members: () => ({ SessionID: sessionIdText() }) };

/** The example of §5.1.3 leaves Ret out. */
export const LOGOUT_REPLY: BodySource = {
  members: () => ({ SessionID: sessionIdText(), Ret: maybe(returnCode()) }),
};

export const FORCED_LOGOUT: BodySource = { mayBeEmpty: true };

/** Ret is known to be missing (field notes §2). */
export const FORCED_LOGOUT_REPLY: BodySource = { members: () => ({ Ret: maybe(returnCode()) }) };

export const KEEPALIVE_REQUEST: BodySource = {
  members: () => ({ Name: usually('KeepAlive', ['KeepAlive']), SessionID: sessionIdText() }),
};

export const KEEPALIVE_REPLY: BodySource = { members: () => ({ SessionID: sessionIdText() }) };
