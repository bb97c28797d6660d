import { createHash } from 'node:crypto';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { type Device, startDevice } from './device.ts';
import { RECORDED_FILE } from './device-configuration.ts';
import type { DeviceOptions } from './device-options.ts';
import type { LoggedFlow } from './log.ts';
import { madeUpFootage, splitH265, toneFrame } from './media-source.ts';
import { RegistrationServer } from './registration.ts';
import { ID } from './wire.ts';
import { zipArchive } from './zip-archive.ts';

const open: { close(): void | Promise<void> }[] = [];

async function device(options: Partial<DeviceOptions> = {}): Promise<Device> {
  const started = await startDevice({ host: '127.0.0.1', slowness: 0.05, ...options });
  open.push(started);
  return started;
}

function clientOf(to: Device): Promise<Client> {
  const { address, port } = to.endpoint;
  return Client.connect({ host: address, port });
}

async function loggedIn(to: Device): Promise<Client> {
  const client = await clientOf(to);
  await client.login();
  return client;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function sha256(...parts: readonly Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex');
}

/** Which message of `asked` each message of `answered` answers, by ids. */
function pairs(asked: LoggedFlow | undefined, answered: LoggedFlow | undefined) {
  return (answered?.messages ?? []).flatMap(({ id, answers }) =>
    answers === undefined ? [] : [[asked?.messages[answers]?.id, id]],
  );
}

describe('the log of sessions', () => {
  it('tells what the login said and how the session ended', async () => {
    const to = await device({ users: { admin: 'secret' }, channels: 2, aliveInterval: 30 });
    const client = await clientOf(to);
    await client.login('admin', 'guess');
    await client.login('admin', 'secret');
    await client.logout();
    const other = await clientOf(to);
    await other.login('admin', 'secret');
    await other.close();
    await clientOf(to).then((third) => third.login('admin', 'secret'));
    const facts = {
      user: 'admin',
      loginType: 'DVRIP-Web',
      deviceType: 'HVR',
      channels: 2,
      aliveInterval: 30,
    };
    expect(to.log.sessions).toMatchObject([
      { sessionId: 11, state: 'logged-out', ...facts },
      { sessionId: 12, state: 'cut', ...facts },
      { sessionId: 13, state: 'logged-in', ...facts },
    ]);
    expect(to.log.refusals).toMatchObject([{ user: 'admin', loginType: 'DVRIP-Web', ret: 203 }]);
  });

  it('gives an id out again when it is free, and another while it is not', async () => {
    const to = await device({ reusesIds: true });
    const first = await loggedIn(to);
    const second = await loggedIn(to);
    await first.logout();
    const third = await loggedIn(to);
    expect([first.sessionId, second.sessionId, third.sessionId]).toEqual([11, 12, 11]);
  });

  it('ends a session that falls silent, and hangs up on all its sockets', async () => {
    const to = await device({ aliveInterval: 0.1, dropsSilent: true });
    const client = await loggedIn(to);
    const link = await client.claimMonitor();
    await client.startMonitor();
    await Promise.all([client.control.closed, link.connection.closed]);
    expect(to.log.sessions).toMatchObject([{ state: 'timed-out' }]);
    expect(to.log.sessions[0]?.sockets).toHaveLength(2);
  });

  it('keeps a session that is kept alive', async () => {
    const to = await device({ aliveInterval: 0.2, dropsSilent: true });
    const client = await loggedIn(to);
    for (let count = 0; count < 8; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await client.keepAlive();
    }
    expect(to.log.sessions).toMatchObject([{ state: 'logged-in' }]);
  });
});

describe('active registration', () => {
  it('has the device log in, claim the socket it opened, and answer as ever', async () => {
    const server = await RegistrationServer.open({ host: '127.0.0.1', port: 0 });
    open.push(server);
    const to = await device({ deviceType: 'DVR' });
    const registered = to.register({ address: '127.0.0.1', port: server.port }, 'admin', 'admin');
    const client = await server.acceptDevice(0x1b, 'admin', 'admin');
    await registered;
    const parameter = { Channel: 1, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' };
    await client.ask(ID.monitor, 'OPMonitor', { Action: 'Request', Parameter: parameter });
    const link = await server.acceptClaim(client, ID.monitorClaim, 'OPMonitor');
    await client.startMonitor(1);
    await link.received(8);
    await client.stopMonitor(1);
    await client.logout();
    await client.close();

    const [control, media] = to.log.flows;
    const [asked, claimed] = client.log.flows;
    expect([control, media].map((flow) => flow?.opener)).toEqual([true, true]);
    expect(pairs(control, asked)).toEqual([[1000, 1001]]);
    expect(pairs(asked, control)).toEqual([
      [1410, 1411],
      [1410, 1411],
      [1410, 1411],
      [1002, 1003],
    ]);
    expect(pairs(media, claimed)).toEqual([[1413, 1414]]);
    expect(media?.streams).toMatchObject([{ kind: 'monitor', channel: 1, streamType: 'Main' }]);
    expect(to.log.sessions).toMatchObject([
      { sessionId: 0x1b, user: 'admin', deviceType: 'DVR', channels: 4, state: 'logged-out' },
    ]);
  });
});

describe('the log of exchanges', () => {
  it('knows which request each reply answers, with all the progress of an upgrade', async () => {
    const to = await device();
    const client = await loggedIn(to);
    await client.upgrade('Start');
    const sender = client.blockSender(ID.upgradeData);
    sender.block(Buffer.alloc(100, 7));
    await client.receive(ID.upgradeData + 1);
    sender.end();
    for (let ret = 0; ret !== 515; ) ret = (await client.receive(ID.upgradeProgress)).ret;
    const found = pairs(client.log.flows[0], to.log.flows[0]);
    expect(found.slice(0, 4)).toEqual([
      [1000, 1001],
      [1520, 1521],
      [1522, 1523],
      [1522, 1523],
    ]);
    expect(found.slice(4)).toEqual(Array.from({ length: 12 }, () => [1520, 1524]));
    expect(client.log.flows[0]?.streams).toMatchObject([
      { kind: 'upgrade', fileBytes: 100, fileSha256: sha256(Buffer.alloc(100, 7)) },
    ]);
  });
});

describe('the log of streams', () => {
  it('counts and hashes the payload that was sent', async () => {
    const footage = madeUpFootage(14);
    const to = await device({ footage });
    const client = await loggedIn(to);
    const link = await client.claimPlay(RECORDED_FILE);
    await client.play('DownloadStart', RECORDED_FILE);
    await link.end();
    const flow = to.log.flows[1];
    const frames = footage.frames.map(({ payload }) => payload);
    const tones = Array.from({ length: 28 }, (_, number) => toneFrame(number, 440).payload);
    expect(flow?.streams).toEqual([
      {
        kind: 'download',
        channel: 0,
        streamType: '0',
        codec: 'h264',
        width: 176,
        height: 144,
        fps: 12,
        audioCodec: 'g711a',
        iFrames: 2,
        pFrames: 12,
        audioFrames: 28,
        videoBytes: Buffer.concat(frames).length,
        audioBytes: 28 * 320,
        videoSha256: sha256(...frames),
        audioSha256: sha256(...tones),
        firstMessage: 1,
        lastMessage: (flow?.messages.length ?? 0) - 1,
      },
    ]);
  });

  it('sends AVTalk with the number 0 throughout, counting frames in octet 12', async () => {
    const to = await device();
    const client = await loggedIn(to);
    const link = await client.claim(ID.avTalkClaim, 'AVTalk', { Action: 'Claim', Channel: 0 });
    expect((await client.ask(ID.avTalk, 'AVTalk', { Action: 'Start', Channel: 0 })).ret).toBe(100);
    const { shape, frames } = madeUpFootage(3);
    const up = client.avTalkSender(link);
    for (const frame of frames) up.video(frame, shape, new Date(0));
    up.audio(toneFrame(0, 880));
    const sent = client.log.flows[1]?.messages.filter(({ id }) => id === ID.avTalkData) ?? [];
    expect(sent.map(({ sequence, octet12 }) => [sequence, octet12])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });

  it('carries files there and back as they are', async () => {
    const archive = zipArchive({ Config: '{ "A" : 1 }\n' });
    const to = await device({ configurationArchive: archive });
    const client = await loggedIn(to);
    client.send(ID.configExport, client.named(''));
    const { body } = await client.control.wait(({ id }) => id === ID.configExport + 1, 'the archive');
    expect(body.equals(archive)).toBe(true);
    expect((await client.sendFile(ID.configImport, Buffer.from('junk'), 'configuration-import')).ret).toBe(
      601,
    );
    expect((await client.sendFile(ID.configImport, body, 'configuration-import')).ret).toBe(100);
    expect((await client.ask(ID.logExport, '')).ret).toBe(102);
    const fileSha256 = sha256(archive);
    expect(to.log.flows[0]?.streams).toMatchObject([{ kind: 'configuration-export', fileSha256 }]);
    expect(client.log.flows[0]?.streams[1]).toMatchObject({ kind: 'configuration-import', fileSha256 });
  });
});

describe('the footage and the archive', () => {
  it('cuts H.265 into frames, parameter sets in front of their picture', () => {
    const stream = Buffer.from('000000014001aa0000014201bb0000014401cc0000012601dd0000010201ee', 'hex');
    const shape = { width: 16, height: 16, framesPerSecond: 1, codec: 3 };
    expect(
      splitH265(stream, shape).frames.map(({ kind, payload }) => [kind, payload.toString('hex')]),
    ).toEqual([
      ['key', '000000014001aa000000014201bb000000014401cc000000012601dd'],
      ['inter', '000000010201ee'],
    ]);
  });

  it('writes zip archives whose directory leads to every file', () => {
    const files = { First: 'one\n', Second: 'two '.repeat(50) };
    const archive = zipArchive(files);
    const end = archive.length - 22;
    expect([archive.readUInt32BE(end), archive.readUInt16LE(end + 10)]).toEqual([0x504b0506, 2]);
    const found: Record<string, string> = {};
    for (let at = archive.readUInt32LE(end + 16); at < end; at += 46 + archive.readUInt16LE(at + 28)) {
      expect(archive.readUInt32BE(at)).toBe(0x504b0102);
      const name = archive.toString('latin1', at + 46, at + 46 + archive.readUInt16LE(at + 28));
      const local = archive.readUInt32LE(at + 42);
      expect(archive.readUInt32BE(local)).toBe(0x504b0304);
      const start = local + 30 + archive.readUInt16LE(local + 26);
      const plain = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(local + 18)));
      expect([crc32(plain), plain.length]).toEqual([
        archive.readUInt32LE(local + 14),
        archive.readUInt32LE(local + 22),
      ]);
      found[name] = plain.toString();
    }
    expect(found).toEqual(files);
  });
});
