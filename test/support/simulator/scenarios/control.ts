import { encodeGb18030, parseBody, sessionText, textAt } from '../body-text.ts';
import { MANNERS } from '../client-manners.ts';
import type { Scenario } from '../scenario.ts';
import { ID } from '../wire.ts';

export const loginAndKeepAlive: Scenario = {
  name: 'login-and-keepalive',
  title: 'Login and keepalive',
  story: [
    'A client logs in as admin with the empty password and is given session 0x0000000B and a keepalive interval of 2 s.',
    'It sends four keepalives, one a second, asks for the time and logs out.',
  ],
  nanoseconds: true,
  device: () => ({ aliveInterval: 2 }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    for (let count = 0; count < 4; count += 1) {
      await stage.pause(1000);
      await client.keepAlive();
    }
    await client.ask(ID.timeQuery, 'OPTimeQuery');
    await client.logout();
    await client.close();
  },
};

export const loginRefused: Scenario = {
  name: 'login-refused',
  title: 'Login refused',
  story: [
    'Four connections: a wrong password (203), a user that does not exist (205), the wrong password a second time (203),',
    'and a request for configuration without any login, which the device leaves unanswered.',
  ],
  device: () => ({ users: { admin: 'goodPassword' } }),
  client: async (stage) => {
    const attempts = [
      ['admin', ''],
      ['operator', ''],
      ['admin', '12345'],
    ] as const;
    for (const [user, password] of attempts) {
      const client = await stage.connect();
      await client.login(user, password);
      await client.close();
    }
    const stranger = await stage.connect();
    stranger.send(ID.configGet, stranger.named('General.General'));
    await stage.pause(500);
    await stranger.close();
  },
};

/** Titles in GB 18030, as devices sold for the Chinese market may send them. */
const CHINESE_TITLES = encodeGb18030('[ "前门", "大厅", "车库", "后院" ]');

export const configurationGetSet: Scenario = {
  name: 'configuration-get-set',
  title: 'Configuration, read and written',
  story: [
    'Reads: system, storage and state information; NetWork.NetCommon (integers as hexadecimal text); the Detect tree of',
    'an eight-channel device in one message of some 54 kB over many segments; Simplify.Encode cut into two messages with Total',
    'packet 2 and current packet 0 and 1; one element of a list by index; a name that the device does not know (607).',
    'Writes: General.AutoMaintain, then a name that the device does not know (607).',
    'The device misbehaves three times, as real ones do: the channel titles come in GB 18030, the reply to',
    'General.General without trailer, the reply to NetWork.NetDNS with a trailing comma before the closing brace.',
    'A second client writes compact JSON with a single NUL behind it and its session id with ten digits.',
  ],
  device: () => ({
    channels: 8,
    splitNames: ['Simplify.Encode'],
    pieceBytes: 1024,
    hook: (message) => {
      const text = message.body.toString('utf8');
      if (message.id === ID.channelTitleGet + 1) {
        const [before = '', after = ''] = text.split(/\[ .* \]/);
        return [
          { ...message, body: Buffer.concat([Buffer.from(before), CHINESE_TITLES, Buffer.from(after)]) },
        ];
      }
      if (message.id !== ID.configGet + 1 || message.octet12 > 1) return [message];
      const name = textAt(parseBody(message.body), 'Name');
      if (name === 'General.General') return [{ ...message, body: message.body.subarray(0, -2) }];
      if (name === 'NetWork.NetDNS')
        return [{ ...message, body: Buffer.from(text.replace(/ \}\n\0$/, ', }\n\0')) }];
      return [message];
    },
  }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    for (const name of ['SystemInfo', 'StorageInfo', 'WorkState'] as const) await client.systemInfo(name);
    for (const name of [
      'NetWork.NetCommon',
      'Detect',
      'Simplify.Encode',
      'Detect.MotionDetect.[1]',
      'General.Nothing',
    ]) {
      await client.configGet(name);
    }
    client.send(ID.configGet, client.named('General.General'));
    await client.control.wait((message) => message.id === ID.configGet + 1, 'a body without trailer');
    client.send(ID.configGet, client.named('NetWork.NetDNS'));
    await client.control.wait((message) => message.id === ID.configGet + 1, 'a body with a trailing comma');
    client.send(ID.channelTitleGet, client.named('ChannelTitle'));
    await client.control.wait((message) => message.id === ID.channelTitleGet + 1, 'titles in GB 18030');
    await client.configSet('General.AutoMaintain', {
      AutoDeleteFilesDays: 0,
      AutoRebootDay: 'Never',
      AutoRebootHour: 4,
    });
    await client.configSet('General.Nothing', { Enable: true });
    await client.logout();
    await client.close();
    const mobile = await stage.connect({ manner: MANNERS.mobile });
    await mobile.login();
    await mobile.configGet('General.AutoMaintain');
    await mobile.logout();
    await mobile.close();
  },
};

export const alarms: Scenario = {
  name: 'alarms',
  title: 'Alarms',
  story: [
    'A client asks to be guarded (1500); the device reports motion on channel 0, a lost picture on channel 2 and the end of',
    'both (1504, four times, no reply). The client raises a network alarm (1506), keeps the session alive and ends the guard.',
  ],
  device: () => ({
    alarms: [
      { afterMilliseconds: 300, channel: 0, event: 'VideoMotion', status: 'Start' },
      { afterMilliseconds: 700, channel: 2, event: 'VideoLoss', status: 'Start' },
      { afterMilliseconds: 1100, channel: 0, event: 'VideoMotion', status: 'Stop' },
      { afterMilliseconds: 1500, channel: 2, event: 'VideoLoss', status: 'Stop' },
      { afterMilliseconds: 60_000, channel: 3, event: 'VideoBlind', status: 'Start' },
    ],
  }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    await client.ask(ID.guard, '');
    await client.receive(ID.alarm);
    await client.receive(ID.alarm);
    await client.ask(ID.netAlarm, 'OPNetAlarm', { Event: 0, State: 1 });
    await client.keepAlive();
    await client.receive(ID.alarm);
    await client.receive(ID.alarm);
    await client.ask(ID.unguard, '');
    await client.logout();
    await client.close();
  },
};

export const forcedLogout: Scenario = {
  name: 'forced-logout',
  title: 'Logged out by the device',
  story: [
    'A client logs in, asks for the state and is told to log out (1004) 800 ms after its login. It agrees (1005); the device',
    'hangs up. The next login is given the next session.',
  ],
  device: () => ({ forceLogoutAfterMilliseconds: 800 }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    await client.systemInfo('WorkState');
    const agreed = client.agreeToForcedLogout();
    await agreed;
    const again = await stage.connect();
    await again.login();
    await again.logout();
    await again.close();
  },
};

export const printedTable: Scenario = {
  name: 'spec-dialect',
  title: 'The dialect of the printed table',
  story: [
    'Login, keepalive and logout are numbered as the table of §6.2.1 prints them (999/1000, 1005/1006, 1001/1002), media',
    'packets are counted from 1 and bodies have no trailer. No device is known to speak so; the specification asks for it.',
    'Two sockets: half a second of video and audio is watched on a claimed socket of its own.',
  ],
  device: (reels) => ({ dialect: 'spec', footage: reels.extra }),
  client: async (stage) => {
    const client = await stage.connect({ dialect: 'spec', manner: MANNERS.spec });
    await client.login();
    await client.keepAlive();
    const link = await client.claimMonitor();
    await client.startMonitor();
    await link.received(16);
    await client.stopMonitor();
    await link.close();
    await client.request(client.ids.logout, { Name: '', SessionID: sessionText.padded(client.sessionId) });
    await client.close();
  },
};

export const discovery: Scenario = {
  name: 'discovery',
  title: 'Discovery',
  story: [
    'UDP, both ports 34569, all by broadcast: three probes without body (1530), each answered with the device’s',
    'NetWork.NetCommon (1531); IP_SET (1532, octet 2 = 0xFE) with the right password, answered 100, and with a wrong one,',
    'answered 203; a last probe finds the new host name. A probe sent straight to the device is answered by broadcast too.',
    'As replies go to the broadcast address, they make a flow of their own, whose first sender is the device.',
  ],
  nanoseconds: true,
  client: async (stage) => {
    const finder = await stage.find();
    const to = { address: stage.places.probeAddress, port: stage.places.discoveryPort };
    const probe = async () => {
      await finder.probe(to);
      await stage.pause(200);
    };
    for (let count = 0; count < 3; count += 1) await probe();
    const settings = { HostName: 'FrontDoor', MAC: '00:12:00:00:02:0a', TCPPort: 34567 };
    await finder.setAddress(to, settings, 'admin', '');
    await stage.pause(200);
    await finder.setAddress(to, settings, 'admin', '12345');
    await stage.pause(200);
    await probe();
    await finder.probe({ address: stage.places.deviceAddress, port: stage.places.discoveryPort });
    await stage.pause(200);
    if (finder.replies.length !== 7) throw new Error(`${finder.replies.length} replies instead of 7`);
    finder.close();
  },
};
