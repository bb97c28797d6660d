import { message, pieces, TcpConversation } from '../cli/conversation.ts';
import { type WrittenPacket, writePcapng } from '../support/capture-writer.ts';
import { STRINGS } from './hostile-strings.ts';

/** Numbers of the messages of one string's conversation, from 0. */
export const MESSAGES_EACH = 8;

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** One session for each hostile string, which stands wherever a device or a client may put text of its own. */
export function hostileCapture(): Buffer {
  const packets: WrittenPacket[] = STRINGS.flatMap((text, i) => conversation(text, i));
  const text = Buffer.from(STRINGS.map((string) => string.slice(0, 200)).join(' '));
  return writePcapng(
    packets.map((packet, i) => ({ ...packet, seconds: 1_700_000_000 + i })),
    { options: INTERFACE_TEXTS.map((code) => ({ code, value: text })) },
  );
}

/** What an interface says of itself in pcapng: comment, if_name, if_description, if_os, if_hardware. */
const INTERFACE_TEXTS = [1, 2, 3, 12, 15];

/** The body of the configuration reply of a string. */
export function configurationOf(text: string, session: number): object {
  return {
    Name: text,
    Ret: 100,
    SessionID: sessionText(session),
    [text]: { [text]: [text, { 中文: text }] },
  };
}

function conversation(text: string, place: number): readonly WrittenPacket[] {
  const sessionId = 0x10 + place;
  const SessionID = sessionText(place);
  const say = (id: number, body: object | string) =>
    message(id, body instanceof Uint8Array || typeof body === 'string' ? body : JSON.stringify(body), {
      sessionId,
    });
  const alarm = { Channel: 0, Event: text, StartTime: text, Status: 'Start' };
  const tcp = new TcpConversation({ clientPort: 40_000 + place });
  const client = (bytes: Buffer) => tcp.client(...pieces(bytes, 40_000));
  const device = (bytes: Buffer) => tcp.device(...pieces(bytes, 40_000));
  client(say(1000, { EncryptType: text, LoginType: text, PassWord: 'tlJwpbo6', UserName: text }));
  device(
    say(1001, { AliveInterval: 20, ChannelNum: 1, DeviceType: text, Ret: 100, SessionID, [text]: text }),
  );
  client(say(1042, { Name: text, SessionID }));
  device(say(1043, configurationOf(text, place)));
  device(say(1504, { AlarmInfo: alarm, Name: 'AlarmInfo', SessionID }));
  device(say(64_000, `no JSON: ${text}`));
  client(say(1560, { Name: 'OPSNAP', OPSNAP: { Channel: 0, FileName: text }, SessionID }));
  device(say(1561, JPEG));
  return tcp.packets;
}

function sessionText(place: number): string {
  return `0x${(0x10 + place).toString(16).padStart(8, '0')}`;
}
