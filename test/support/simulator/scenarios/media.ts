import { textAt } from '../body-text.ts';
import type { Client } from '../client.ts';
import { MANNERS } from '../client-manners.ts';
import { RECORDED_FILE } from '../device-configuration.ts';
import { seededBytes, toneFrame } from '../media-source.ts';
import { AUDIO_MILLISECONDS } from '../pacing.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { ID, UPGRADE_BLOCK_BYTES } from '../wire.ts';

/** Login, a look around and a picture: the everyday session of a viewer. */
async function watch(stage: Stage, client: Client, packets: number): Promise<void> {
  await client.login();
  await client.systemInfo('SystemInfo');
  await client.channelTitles();
  await client.configGet('Simplify.Encode');
  await client.ask(ID.abilityGet, 'SystemFunction');
  const link = await client.claimMonitor();
  await client.startMonitor();
  await link.received(packets / 2);
  await client.keepAlive();
  await link.received(packets);
  await client.stopMonitor();
  await link.close();
  await stage.pause(100);
  await client.logout();
  await client.close();
}

export const monitorTwoSockets: Scenario = {
  name: 'monitor-two-sockets',
  title: 'Live video over two sockets',
  story: [
    'The everyday session of a viewer: login, system information, channel titles in Chinese (UTF-8), encoder configuration,',
    'abilities; a second socket claimed for channel 0 (1413), started on the first (1410); some four seconds of',
    'H.264 at 352x288 with key and inter frames and of G.711 A-law; a keepalive on the way; stop, logout.',
  ],
  device: (reels) => ({ footage: reels.main }),
  client: async (stage) => watch(stage, await stage.connect(), 160),
};

export const singleSocket: Scenario = {
  name: 'monitor-single-socket',
  title: 'Live video on the control socket',
  story: [
    'The manner of the open-source libraries: one socket for everything, claimed and started on itself; requests in compact',
    'JSON with LF NUL behind; replies and keepalives lie between the media packets.',
  ],
  device: (reels) => ({ footage: reels.extra }),
  client: async (stage) => {
    const client = await stage.connect({ manner: MANNERS.library });
    await client.login();
    const link = await client.claimMonitor(0, 'Main', client.control);
    await client.startMonitor();
    await link.received(30);
    await client.keepAlive();
    await link.received(60);
    await client.stopMonitor();
    await client.logout();
    await client.close();
  },
};

export const twoClients: Scenario = {
  name: 'two-clients',
  title: 'Two clients on one device',
  story: [
    'Two sessions at a time, 0x0000000B and 0x0000000C, four sockets. Both watch the Extra stream (octet 2 = 1); the second',
    'comes when the first is watching already and stays longer; it moves the camera (1400) and asks for the log (1442).',
  ],
  device: (reels) => ({ footage: reels.extra }),
  client: async (stage) => {
    const first = await stage.connect();
    await first.login();
    const firstLink = await first.claimMonitor(0, 'Extra1');
    await first.startMonitor(0, 'Extra1');
    await firstLink.received(20);
    const second = await stage.connect();
    await second.login();
    const secondLink = await second.claimMonitor(1, 'Extra1');
    await second.startMonitor(1, 'Extra1');
    await second.ask(ID.ptz, 'OPPTZControl', {
      Command: 'DirectionLeft',
      Parameter: {
        AUX: { Number: 0, Status: 'On' },
        Channel: 1,
        MenuOpts: 'Enter',
        Pattern: 'SetBegin',
        Preset: 65535,
        Step: 5,
        Tour: 0,
      },
    });
    await firstLink.received(50);
    await first.stopMonitor(0, 'Extra1');
    await firstLink.close();
    await first.logout();
    await first.close();
    await second.ask(ID.logQuery, 'OPLogQuery', {
      BeginTime: '2024-02-29 00:00:00',
      EndTime: '2024-02-29 23:59:59',
      LogPosition: 0,
      Type: 'LogAll',
    });
    await secondLink.received(60);
    await second.stopMonitor(1, 'Extra1');
    await secondLink.close();
    await second.logout();
    await second.close();
  },
};

/** Looks for files, then plays or downloads the first one on a claimed socket until the device says that it is over. */
async function fetchRecording(stage: Stage, action: 'Start' | 'DownloadStart'): Promise<void> {
  const client = await stage.connect();
  await client.login();
  await client.fileQuery('jpg');
  const { body } = await client.fileQuery();
  if (!JSON.stringify(body).includes(RECORDED_FILE)) throw new Error('the file was not listed');
  const link = await client.claimPlay(RECORDED_FILE);
  await client.play(action, RECORDED_FILE);
  await link.end();
  await client.play(action === 'Start' ? 'Stop' : 'DownloadStop', RECORDED_FILE);
  await link.close();
  await client.logout();
  await client.close();
}

export const playbackToEnd: Scenario = {
  name: 'playback-to-end',
  title: 'Playback to the end of the file',
  story: [
    'A search for pictures finds nothing (109), one for video finds two files; the first is played (1424, 1420 Start, 1422) at',
    'its own speed until the device closes with an empty packet whose end flag is 1.',
  ],
  device: (reels) => ({ footage: reels.extra }),
  client: (stage) => fetchRecording(stage, 'Start'),
};

export const downloadToEnd: Scenario = {
  name: 'download-to-end',
  title: 'Download of a recording',
  story: [
    'The same search, then DownloadStart: the file comes on 1426 as fast as the network takes it, closed by an empty packet',
    'whose end flag is 1.',
  ],
  device: (reels) => ({ footage: reels.extra }),
  client: (stage) => fetchRecording(stage, 'DownloadStart'),
};

export const talkBothWays: Scenario = {
  name: 'talk-both-ways',
  title: 'Talk, both ways',
  story: [
    'A socket claimed for talk (1434), started on the control socket (1430): A-law tones every 40 ms in both',
    'directions, 1432 up and 1433 down, each counted from 0. A second client that wants to talk meanwhile is refused',
    '(503), as there is one talk at a time; stopping what it never started gives 504.',
  ],
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    const link = await client.claimTalk();
    await client.talk('Start');
    const up = client.talkSender(link);
    const speak = async (pieces: number, from: number) => {
      for (let piece = from; piece < from + pieces; piece += 1) {
        up.audio(toneFrame(piece, 880));
        await stage.pause(AUDIO_MILLISECONDS);
      }
    };
    await speak(15, 0);
    const other = await stage.connect();
    await other.login();
    const otherLink = await other.claimTalk();
    await other.talk('Start');
    await other.talk('Stop');
    await otherLink.close();
    await other.logout();
    await other.close();
    await speak(25, 15);
    await client.talk('Stop');
    await link.close();
    await client.logout();
    await client.close();
  },
};

const FIRMWARE_BYTES = 3 * UPGRADE_BLOCK_BYTES + 12_345;

export const upgrade: Scenario = {
  name: 'upgrade',
  title: 'Upgrade',
  story: [
    'What hardware it is (1525), start (1520), four blocks of firmware (1522, counted from 0) and an empty one with the end',
    'flag, each acknowledged (1523), then the progress (1524: 0 to 100, then 515, success), which nobody answers. A second',
    'client that wants to upgrade meanwhile is told 511. The firmware is made-up bytes.',
  ],
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    await client.ask(ID.upgradeInfo, 'OPSystemUpgrade');
    await client.upgrade('Start');
    const other = await stage.connect();
    await other.login();
    await other.upgrade('Start');
    await other.logout();
    await other.close();
    const firmware = seededBytes(FIRMWARE_BYTES, 515);
    const link = client.blockSender(ID.upgradeData);
    for (let at = 0; at < firmware.length; at += UPGRADE_BLOCK_BYTES) {
      link.block(firmware.subarray(at, at + UPGRADE_BLOCK_BYTES));
      await client.receive(ID.upgradeData + 1);
    }
    link.end();
    await client.receive(ID.upgradeData + 1);
    for (let ret = 0; ret !== 515; ) ret = (await client.receive(ID.upgradeProgress)).ret;
    await client.close();
  },
};

export const snapshot: Scenario = {
  name: 'snapshot',
  title: 'Snapshot',
  story: ['A picture is asked for (1560) and comes as a bare JPEG (1561), without chunk header and trailer.'],
  device: (reels) => ({ snapshot: reels.snapshot }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    client.send(ID.snapshot, client.named('OPSNAP', { Channel: 0 }));
    const isReply = ({ id }: { readonly id: number }) => id === ID.snapshot + 1;
    const { body } = await client.control.wait(isReply, 'a picture');
    if (body.readUInt16BE(0) !== 0xffd8) throw new Error('the snapshot is no JPEG');
    const state = await client.systemInfo('WorkState');
    if (textAt(state.body, 'Name') !== 'WorkState') throw new Error('the state was not told');
    await client.logout();
    await client.close();
  },
};

export const lossAndReordering: Scenario = {
  name: 'loss-and-reordering',
  title: 'Loss and reordering',
  story: [
    'A clean recording of a viewer’s session (login, configuration of some 13 kB, live video over two sockets), damaged',
    'afterwards by a program. The receiver acknowledged everything: what is missing was lost on the way to the recorder.',
  ],
  device: (reels) => ({ footage: reels.main, channels: 2 }),
  client: async (stage) => {
    const client = await stage.connect();
    await client.login();
    await client.configGet('Detect');
    await client.channelTitles();
    const link = await client.claimMonitor();
    await client.startMonitor();
    await link.received(90);
    await client.stopMonitor();
    await link.close();
    await client.logout();
    await client.close();
  },
  damage: [
    { step: 'lose-inside-body', id: ID.configGet + 1, occurrence: 1 },
    { step: 'lose-inside-body', id: ID.monitorData, occurrence: 1 },
    { step: 'lose-header', id: ID.monitorData, occurrence: 30 },
    { step: 'reorder', id: ID.monitorData, occurrence: 40 },
    { step: 'duplicate', id: ID.monitorData, occurrence: 50 },
    { step: 'retransmit', id: ID.monitorData, occurrence: 60 },
  ],
};

export const startedInMidStream: Scenario = {
  name: 'started-in-mid-stream',
  title: 'Started in mid-stream',
  story: [
    'A clean recording of a viewer’s session whose beginning was cut off by a program: the sample starts inside the body of',
    'a media message, with neither the openings of the connections nor the login in it. Keepalive, stop and logout follow.',
  ],
  device: (reels) => ({ footage: reels.main }),
  client: async (stage) => watch(stage, await stage.connect(), 160),
  damage: [{ step: 'cut-beginning', id: ID.monitorData, occurrence: 20 }],
};
