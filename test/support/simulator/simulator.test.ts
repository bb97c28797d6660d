import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeGb18030, jsoncppText } from './body-text.ts';
import { Client } from './client.ts';
import { MANNERS } from './client-manners.ts';
import { type Device, startDevice } from './device.ts';
import { RECORDED_FILE } from './device-configuration.ts';
import type { DeviceOptions } from './device-options.ts';
import { packDateTime } from './media-chunks.ts';
import { madeUpFootage, splitH264, toneFrame } from './media-source.ts';
import { sofiaHash } from './password.ts';
import { HEADER_BYTES, ID } from './wire.ts';

const open: Device[] = [];

async function device(options: Partial<DeviceOptions> = {}): Promise<Device> {
  const started = await startDevice({ host: '127.0.0.1', slowness: 0.05, ...options });
  open.push(started);
  return started;
}

function clientOf(to: Device, options: Partial<Parameters<typeof Client.connect>[0]> = {}): Promise<Client> {
  const { address, port } = to.endpoint;
  return Client.connect({ host: address, port, ...options });
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Everything a device sends on one connection, byte for byte, to a peer that writes `requests` as they are. */
function rawExchange(to: Device, requests: Buffer, replyBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    const socket = connect(to.endpoint.port, to.endpoint.address, () => socket.write(requests));
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      if (heard.length < replyBytes) return;
      socket.destroy();
      resolve(heard);
    });
  });
}

const LOGIN_TEXT =
  '{ "EncryptType" : "MD5", "LoginType" : "DVRIP-Web", "PassWord" : "tlJwpbo6", "UserName" : "admin" }\n';

describe('the wire', () => {
  it('answers a login with the bytes that the field notes tell of', async () => {
    const to = await device();
    const request = Buffer.from(`ff000000000000000000000000 00e803${'64000000'}`.replace(' ', ''), 'hex');
    expect(LOGIN_TEXT).toHaveLength(0x64);
    const reply = await rawExchange(to, Buffer.concat([request, Buffer.from(LOGIN_TEXT)]), 148);
    // Version octet 1, session 0x0B, sequence echoed, id 1001, 128 bytes: 126 of text and LF NUL.
    expect(reply.subarray(0, HEADER_BYTES).toString('hex')).toBe('ff0100000b000000000000000000e90380000000');
    expect(reply.subarray(HEADER_BYTES).toString()).toBe(
      '{ "AliveInterval" : 21, "ChannelNum" : 4, "DeviceType " : "HVR", "ExtraChannel" : 0, "Ret" : 100, "SessionID" : "0x0000000B" }\n\0',
    );
  });

  it('writes keepalives of the lengths seen in the field: 53 bytes asked, 67 answered', async () => {
    const to = await device();
    const client = await clientOf(to);
    await client.login();
    const answer = await client.keepAlive();
    expect(answer.message.body).toHaveLength(67);
    expect(client.log.flows[0]?.messages.at(-1)?.length).toBe(53);
  });

  it('writes the monitor request of the CMS with its 184 bytes', () => {
    const parameter = { Channel: 0, CombinMode: 'NONE', StreamType: 'Main', TransMode: 'TCP' };
    const operation = { Action: 'Claim', Parameter: parameter };
    const body = {
      Name: 'OPMonitor',
      OPMonitor: operation,
      SessionID: MANNERS.cms.sessionText(6, 'OPMonitor'),
    };
    expect(Buffer.concat([Buffer.from(jsoncppText(body)), MANNERS.cms.trailer])).toHaveLength(184);
  });
});

describe('the parts', () => {
  it.each([
    ['', 'tlJwpbo6'],
    ['admin', '6QNMIQGe'],
    ['123456', 'nTBCS19C'],
    ['goodPassword', 'HfhyFPRN'],
  ])('hashes the password %j to %s', (password, hash) => {
    expect(sofiaHash(password)).toBe(hash);
  });

  it('packs the date of a real key frame into the number that it carried', () => {
    expect(packDateTime(new Date('2026-08-08T21:38:57Z'))).toBe(0x6a1159b9);
  });

  it('encodes Chinese in GB 18030', () => {
    expect(encodeGb18030('A前门').toString('hex')).toBe('41c7b0c3c5');
  });

  it('cuts Annex-B into key and inter frames and gives every unit a four-byte start code', () => {
    const stream = Buffer.from(
      '00000001672a 00000168aa 0000016588ff 00000001419a0b'.replaceAll(' ', ''),
      'hex',
    );
    const shape = { width: 16, height: 16, framesPerSecond: 1, codec: 2 };
    expect(
      splitH264(stream, shape).frames.map(({ kind, payload }) => [kind, payload.toString('hex')]),
    ).toEqual([
      ['key', '00000001672a0000000168aa000000016588ff'],
      ['inter', '00000001419a0b'],
    ]);
  });

  it('encodes silence and the loudest sample of a tone as G.711 A-law does', () => {
    const { payload } = toneFrame(0, 2000);
    // Quarter periods of 8000: 0, +8000, 0, -8000. 0xD5 is +0; 8000 lies in segment 5, step 15.
    expect([...payload.subarray(0, 4)].map((code) => code.toString(16))).toEqual(['d5', '8a', 'd5', 'a']);
  });
});

describe('the device', () => {
  it('refuses a wrong password with 203 and an unknown user with 205', async () => {
    const to = await device({ users: { admin: 'secret' } });
    const client = await clientOf(to);
    expect((await client.login('admin', '')).ret).toBe(203);
    expect((await client.login('nobody', '')).ret).toBe(205);
    expect((await client.login('admin', 'secret')).ret).toBe(100);
    expect(to.log.sessions).toMatchObject([{ sessionId: 11, user: 'admin' }]);
  });

  it('sends video and audio on the claimed socket, in slices counted from 0', async () => {
    const to = await device();
    const client = await clientOf(to);
    await client.login();
    const link = await client.claimMonitor();
    await client.startMonitor();
    await link.received(20);
    expect((await client.stopMonitor()).ret).toBe(100);
    await link.close();
    const media = to.log.flows[1]?.messages.filter(({ id }) => id === ID.monitorData) ?? [];
    expect(media.map(({ sequence }) => sequence)).toEqual(media.map((_, at) => at));
    expect(media.slice(0, 3).map(({ length, octet3 }) => [length, octet3])).toEqual([
      [8192, 0],
      [16 + 25 + 9000 - 8192, 0],
      [328, 0x80],
    ]);
    expect(link.sequenceJumps).toBe(0);
    expect(link.packets).toBe(media.length);
  });

  it('closes a playback with an empty packet whose end flag is set', async () => {
    const to = await device({ footage: madeUpFootage(5) });
    const client = await clientOf(to);
    await client.login();
    const link = await client.claimPlay(RECORDED_FILE);
    await client.play('Start', RECORDED_FILE);
    await link.end();
    const flow = to.log.flows[1];
    expect(flow?.messages.at(-1)).toMatchObject({ id: ID.playData, length: 0, octet13: 1 });
    expect(flow?.frames.filter(({ kind }) => kind !== 'audio')).toHaveLength(5);
  });

  it('cuts a reply into pieces of one sequence number where it is told to', async () => {
    const to = await device({ splitNames: ['Simplify.Encode'], pieceBytes: 1000 });
    const client = await clientOf(to);
    await client.login();
    const answer = await client.configGet('Simplify.Encode');
    expect(answer.ret).toBe(100);
    expect(answer.body['Simplify.Encode']).toHaveLength(4);
    const pieces = to.log.flows[0]?.messages.filter(({ id }) => id === ID.configGet + 1) ?? [];
    expect(pieces.map(({ octet12, octet13, sequence }) => [octet12, octet13, sequence])).toEqual([
      [2, 0, 1],
      [2, 1, 1],
    ]);
  });

  it('lets a stranger go unanswered and keeps serving others', async () => {
    const to = await device();
    const stranger = await clientOf(to);
    stranger.send(ID.configGet, stranger.named('General.General'));
    const client = await clientOf(to);
    await client.login();
    expect((await client.configGet('General.General')).ret).toBe(100);
    expect(to.log.flows.find(({ remote }) => remote.port === stranger.control.local.port)?.messages).toEqual(
      [],
    );
  });

  it('hangs up on bytes that are no message', async () => {
    const to = await device();
    const socket = connect(to.endpoint.port, to.endpoint.address);
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(Buffer.alloc(64, 0x20));
    await closed;
    expect((await (await clientOf(to)).login()).ret).toBe(100);
  });
});

describe('the log and the hook', () => {
  it('logs the very bytes that went out', async () => {
    const to = await device();
    const request = Buffer.from('ff00000000000000000000000000e80364000000', 'hex');
    const heard = await rawExchange(to, Buffer.concat([request, Buffer.from(LOGIN_TEXT)]), 148);
    const flow = to.log.flows[0];
    expect(flow?.bytes).toBe(heard.length);
    expect(flow?.sha256).toBe(createHash('sha256').update(heard).digest('hex'));
    expect(flow?.messages).toMatchObject([
      {
        id: 1001,
        offset: 0,
        length: 128,
        ret: 100,
        sha256: createHash('sha256').update(heard.subarray(20)).digest('hex'),
      },
    ]);
  });

  it('lets a hook drop, change and replace messages, and logs what was written', async () => {
    const to = await device({
      hook: (message) => {
        if (message.id === ID.keepAlive + 1) return [];
        if (message.id === ID.timeQuery + 1) return [Buffer.from('this is no DVRIP message')];
        return [{ ...message, octet2: 7 }];
      },
    });
    const client = await clientOf(to);
    expect((await client.login()).message.octet2).toBe(7);
    client.send(ID.keepAlive, client.named('KeepAlive'));
    await client.systemInfo();
    client.send(ID.timeQuery, client.named('OPTimeQuery'));
    await client.control.closed;
    const flow = to.log.flows[0];
    expect(flow?.messages.map(({ id }) => id)).toEqual([1001, 1021]);
    const [login, info] = flow?.messages ?? [];
    expect(info?.offset).toBe(HEADER_BYTES + (login?.length ?? 0));
    expect(flow?.bytes).toBe((info?.offset ?? 0) + HEADER_BYTES + (info?.length ?? 0) + 24);
  });
});
