import { toneFrame } from '../media-source.ts';
import { AUDIO_MILLISECONDS } from '../pacing.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { ID } from '../wire.ts';
import { zipArchive } from '../zip-archive.ts';

const MONITORED = { Channel: 1, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' } as const;

export const activeRegistration: Scenario = {
  name: 'active-registration',
  title: 'Active registration',
  story: [
    'The client listens on TCP 34567 and the device, from a port of the system’s choice, connects to it and logs in (1000 with',
    'DeviceType, DeviceID and ChannelNum); the client answers with the session’s id (1001). From then on the client asks as',
    'ever. For live video of channel 1 it sends 1410 Request; the device opens a second connection to the client and claims',
    'it (1413), the client agrees (1414) and sends 1410 Start; video and audio come on the second connection. Stop, logout',
    '(1002). Who opened the connection and whose port is the well-known one both say the opposite of who is the device.',
  ],
  device: (reels) => ({ footage: reels.extra, deviceType: 'DVR' }),
  registersAs: { user: 'admin', password: 'admin' },
  client: async (stage) => {
    const server = await stage.awaitDevices();
    const client = await server.acceptDevice(0x1b, 'admin', 'admin');
    await client.systemInfo('SystemInfo');
    await client.channelTitles();
    await client.ask(ID.monitor, 'OPMonitor', { Action: 'Request', Parameter: MONITORED });
    const link = await server.acceptClaim(client, ID.monitorClaim, 'OPMonitor');
    await client.startMonitor(1);
    await link.received(40);
    await client.systemInfo('WorkState');
    await link.received(70);
    await client.stopMonitor(1);
    await link.close();
    await client.logout();
    await client.close();
    server.close();
  },
};

const CONFIGURATION = zipArchive({
  Config1: `{ "General.General" : { "AutoLogout" : 0, "LocalNo" : 8, "MachineName" : "LocalHost" } }\n`,
  Config2: `{ "NetWork.NetNTP" : { "Enable" : true, "TimeZone" : 8, "UpdatePeriod" : 60 } }\n`.repeat(40),
});

const LOG_LINES = Array.from(
  { length: 60 },
  (_, line) =>
    `${line + 1}\t2024-02-29 10:${String(line).padStart(2, '0')}:41\tLogin\tadmin,DVRIP-Web:192.0.2.20\r\n`,
).join('');

export const configurationExportAndImport: Scenario = {
  name: 'configuration-export-and-import',
  title: 'Configuration exported and imported, log exported',
  story: [
    'The configuration is asked for (1542) and comes as a zip archive (1543); the same archive goes back (1540) and is taken',
    '(1541, 100), after eleven bytes that are no archive were refused (601). The log (1544) comes as plain text (1545).',
    'Archives and text are bodies as they are, without trailer.',
  ],
  device: () => ({ configurationArchive: CONFIGURATION, logText: LOG_LINES }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    client.send(ID.configExport, client.named(''));
    const exported = await client.control.wait(({ id }) => id === ID.configExport + 1, 'the configuration');
    const refused = await client.sendFile(
      ID.configImport,
      Buffer.from('no archive\n'),
      'configuration-import',
    );
    if (refused.ret !== 601) throw new Error('bytes that are no archive were taken');
    const taken = await client.sendFile(ID.configImport, exported.body, 'configuration-import');
    if (taken.ret !== 100) throw new Error('the archive was refused');
    client.send(ID.logExport, client.named(''));
    const log = await client.control.wait(({ id }) => id === ID.logExport + 1, 'the log');
    if (!log.body.equals(Buffer.from(LOG_LINES))) throw new Error('the log was changed on the way');
    await client.logout();
    await client.close();
  },
};

export const avTalk: Scenario = {
  name: 'avtalk',
  title: 'Video and audio towards the device',
  story: [
    'A socket claimed for AVTalk (1417), started on the control socket (1415): the client sends H.265 at 240x320 and A-law',
    'tones (1419), each frame in one message. Every message has the number 0; octet 12 counts the frames. Stop, logout.',
  ],
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    const { shape, frames } = stage.reels.h265;
    const video = { Enc: 'H265', FPS: shape.framesPerSecond, H: shape.height, W: shape.width };
    const audio = { Enc: 'g711a', SB: 16, SR: 8000 };
    const claim = { Action: 'Claim', Audio: audio, Channel: 0, ProType: 0, Video: video };
    const link = await client.claim(ID.avTalkClaim, 'AVTalk', claim);
    await client.ask(ID.avTalk, 'AVTalk', { Action: 'Start', Channel: 0, ProType: 0 });
    const up = client.avTalkSender(link);
    const begun = Date.now();
    let tones = 0;
    for (const [number, frame] of frames.slice(0, 30).entries()) {
      const mediaTime = (number * 1000) / shape.framesPerSecond;
      up.video(frame, shape, new Date(begun + mediaTime));
      for (; tones * AUDIO_MILLISECONDS <= mediaTime; tones += 1) up.audio(toneFrame(tones, 880));
      await stage.pause(1000 / shape.framesPerSecond);
    }
    await client.ask(ID.avTalk, 'AVTalk', { Action: 'Stop', Channel: 0, ProType: 0 });
    await link.close();
    await client.logout();
    await client.close();
  },
};

async function watchShortly(stage: Stage, channel: number, packets: number): Promise<void> {
  const client = await stage.connect();
  await client.login();
  const link = await client.claimMonitor(channel, 'Extra1');
  await client.startMonitor(channel, 'Extra1');
  await link.received(packets);
  await client.stopMonitor(channel, 'Extra1');
  await link.close();
  await client.logout();
  await client.close();
}

export const sessionIdReused: Scenario = {
  name: 'session-id-reused',
  title: 'One session id, three sessions',
  story: [
    'The device gives out the lowest id that is free. A client logs in, watches channel 0 for a moment and logs out; the next',
    'login is given the same id 0x0000000B and watches channel 2; so is a third, on new sockets as well, which asks for the',
    'state and logs out. Three sessions, though every header carries the same id.',
  ],
  device: (reels) => ({ footage: reels.extra, reusesIds: true }),
  client: async (stage) => {
    await watchShortly(stage, 0, 16);
    await watchShortly(stage, 2, 24);
    const third = await stage.connect();
    await third.login();
    await third.systemInfo('WorkState');
    await third.logout();
    await third.close();
  },
};

export const keepAliveMissed: Scenario = {
  name: 'keepalive-missed',
  title: 'A keepalive missed',
  story: [
    'The keepalive interval is 1 s. A client watches the Extra stream and sends two keepalives in time, then falls silent;',
    'the device waits for half an interval more than it must, ends the session without a word and closes both sockets.',
  ],
  device: (reels) => ({ footage: reels.extra, aliveInterval: 1, dropsSilent: true }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    const link = await client.claimMonitor(0, 'Extra1');
    await client.startMonitor(0, 'Extra1');
    for (let count = 0; count < 2; count += 1) {
      await stage.pause(700);
      await client.keepAlive();
    }
    await Promise.all([client.control.closed, link.connection.closed]);
  },
};

export const h265Monitor: Scenario = {
  name: 'h265-monitor',
  title: 'Live video in H.265',
  story: [
    'A session as ever, whose stream is H.265 at 240x320: codec 3 in the chunk headers, parameter sets (VPS, SPS, PPS) in front',
    'of every key frame, G.711 A-law beside it. The picture is a test pattern encoded by libx265.',
  ],
  device: (reels) => ({ footage: reels.h265, deviceType: 'IPC', channels: 1 }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    const link = await client.claimMonitor();
    await client.startMonitor();
    await link.received(130);
    await client.stopMonitor();
    await link.close();
    await client.logout();
    await client.close();
  },
};
