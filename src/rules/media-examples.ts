import {
  client,
  device,
  type Example,
  type ExampleBody,
  type ExampleHeader,
  example,
  login,
  logout,
  on,
  type Step,
} from './example.ts';

/** Pieces of conversations about media, for the examples of the rules. */

export const FILE = '/idea0/2026-01-01/001/10.00.00-10.10.00[R][@7cb][0].h264';
export const OTHER_FILE = '/idea0/2026-01-01/001/10.10.00-10.20.00[R][@7cc][0].h264';

export function monitor(action: string, channel = 0, streamType = 'Main'): ExampleBody {
  return {
    Name: 'OPMonitor',
    OPMonitor: {
      Action: action,
      Parameter: { Channel: channel, CombinMode: 'NONE', StreamType: streamType, TransMode: 'TCP' },
    },
  };
}

export function playback(action: string, fileName = FILE, times: Readonly<Record<string, string>> = {}) {
  return {
    Name: 'OPPlayBack',
    OPPlayBack: {
      Action: action,
      StartTime: '2026-01-01 10:00:00',
      EndTime: '2026-01-01 10:10:00',
      Parameter: { FileName: fileName, PlayMode: 'ByName', TransMode: 'TCP', Value: 0 },
      ...times,
    },
  };
}

export function talk(action: string, more: Readonly<Record<string, unknown>> = {}) {
  const AudioFormat = { BitRate: 128, EncodeType: 'G711_ALAW', SampleBit: 8, SampleRate: 8000 };
  return { Name: 'OPTalk', OPTalk: { Action: action, AudioFormat, ...more } };
}

/** The recording of a channel, counted from 0. */
export function fileOf(channel: number): string {
  return FILE.replace('/001/', `/${String(channel + 1).padStart(3, '0')}/`);
}

/** A request and its answer, a tenth of a second later. */
export function asks(at: number, id: number, body?: ExampleBody, reply: ExampleBody = {}): readonly Step[] {
  return [client(at, id, body), device(at + 0.1, id + 1, reply)];
}

/** A data socket is claimed, and the claim accepted. */
export function claims(at: number, socket: number, id: number, body: ExampleBody): readonly Step[] {
  return on(socket, ...asks(at, id, body));
}

/** The device answers a file search. */
export function finds(at: number, ...files: readonly string[]): readonly Step[] {
  const query = {
    ...{ BeginTime: '2026-01-01 00:00:00', EndTime: '2026-01-01 23:59:59', Channel: 0 },
    ...{ DriverTypeMask: '0x0000FFFF', Event: '*', Type: 'h264' },
  };
  return asks(
    at,
    1440,
    { Name: 'OPFileQuery', OPFileQuery: query },
    {
      Name: 'OPFileQuery',
      OPFileQuery: files.map((FileName) => ({
        BeginTime: '2026-01-01 10:00:00',
        EndTime: '2026-01-01 10:10:00',
        DiskNo: 0,
        SerialNo: 0,
        FileLength: '0x00000004',
        FileName,
      })),
    },
  );
}

/** Live view on socket 1: claimed, started, and a first frame. */
export function watches(at: number, channel = 0): readonly Step[] {
  return [
    ...claims(at, 1, 1413, monitor('Claim', channel)),
    ...asks(at + 0.2, 1410, monitor('Start', channel)),
    ...on(1, device(at + 0.4, 1412, 500, { byte12: channel })),
  ];
}

/** Playback on socket 1: found, claimed, started, and a first frame. */
export function plays(at: number, file = FILE): readonly Step[] {
  return [
    ...finds(at, file),
    ...claims(at + 0.2, 1, 1424, playback('Claim', file)),
    ...asks(at + 0.4, 1420, playback('Start', file)),
    ...on(1, device(at + 0.6, 1422, 500)),
  ];
}

/** A download on socket 1, from the search to its end; `bytes` of data. */
export function downloads(at: number, bytes = 4000): readonly Step[] {
  return [
    ...finds(at, FILE),
    ...claims(at + 0.2, 1, 1424, playback('Claim')),
    ...asks(at + 0.4, 1420, playback('DownloadStart')),
    ...on(1, device(at + 0.6, 1426, bytes), device(at + 0.7, 1426, 0, { byte13: 1 })),
  ];
}

/** Two-way audio on socket 1: claimed, started, and sound from both sides. */
export function talks(at: number): readonly Step[] {
  return [
    ...claims(at, 1, 1434, talk('Claim')),
    ...asks(at + 0.2, 1430, talk('Start'), talk('Start')),
    ...on(1, device(at + 0.4, 1433, 328), client(at + 0.4, 1432, 328)),
  ];
}

/** A start, asked for and accepted by `steps`, and then nothing: until the logout, or the capture ends before that tells. */
export function nothingComes(
  title: string,
  ...steps: readonly (readonly Step[])[]
): { readonly breaks: readonly Example[]; readonly unsure: readonly Example[] } {
  const later = [client(18, 1006), device(18.1, 1007)];
  return {
    breaks: [example(title, login(), ...steps, ...later, logout(19))],
    unsure: [example('the capture ends too early', login(), ...steps)],
  };
}

/** The id that another client gets. */
const OTHER_SESSION = 0x0c;

/** The steps of another client, which logs in at second `at`; `socket` is its control socket. */
export function otherClient(at: number, socket: number, ...steps: readonly Step[]): readonly Step[] {
  return [...login(at), ...steps].map((step) => {
    const moved = step.socket === 0 ? { ...step, socket } : step;
    if (moved.does !== 'says' || moved.id === 1000) return moved;
    return { ...moved, header: { ...moved.header, sessionId: OTHER_SESSION } };
  });
}

/** An upgrade on the control socket is asked for, and granted. */
export function upgrades(at: number): readonly Step[] {
  return asks(at, 1520, UPGRADE_START);
}

export const UPGRADE_START = { OPSystemUpgrade: { Action: 'Start', Type: 'System' } };

/** A block of firmware, and its acknowledgement. */
export function block(at: number, bytes = 1000, header: ExampleHeader = {}): readonly Step[] {
  return [client(at, 1522, bytes, header), device(at + 0.1, 1523)];
}

/** The last block, which is empty. */
export function lastBlock(at: number): readonly Step[] {
  return block(at, 0, { byte13: 1 });
}

export function progress(at: number, Ret: number): Step {
  return device(at, 1524, { Ret });
}

/** A whole upgrade: asked for, sent in two blocks, done. */
export function upgraded(at: number): readonly Step[] {
  return [
    ...upgrades(at),
    ...block(at + 0.2),
    ...block(at + 0.4),
    ...lastBlock(at + 0.6),
    progress(at + 1, 10),
    progress(at + 2, 100),
    progress(at + 3, 515),
  ];
}
