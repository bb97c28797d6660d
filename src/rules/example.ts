/** Conversations written down as data: what a rule asks for, and what breaks it. The tests make packets of them. */

/** Header fields that differ from what the conversation would have. */
export interface ExampleHeader {
  readonly version?: number;
  readonly reserved1?: number;
  readonly reserved2?: number;
  readonly sessionId?: number;
  readonly sequence?: number;
  /** Total Packet or Channel. */
  readonly byte12?: number;
  /** Cur Packet or EndFlag. */
  readonly byte13?: number;
  /** Data Length, where it is not that of the body. */
  readonly length?: number;
}

/**
 * The JSON body: an object, whose members replace those of a valid body of the message (undefined takes one away);
 * a text, sent as it stands; or a number of bytes of media, the first of which open a media chunk; or a chunk of one's
 * own making.
 */
export type ExampleBody = Readonly<Record<string, unknown>> | ExampleChunk | string | number;

/** A body of media: `bare` is one without the header of a chunk, `jpeg` a picture without one. */
export type ExampleChunk = {
  readonly chunk: 'key' | 'inter' | 'audio' | 'bare' | 'jpeg';
  readonly bytes: number;
  /** Device's clock in a key frame, in seconds from its midnight. */
  readonly clock?: number;
  /** Number of the audio codec; G.711 A-law without it. */
  readonly codec?: number;
  /** A frame whose payload is none of its codec. */
  readonly opaque?: boolean;
};

export type Step =
  | {
      readonly does: 'says';
      /** Seconds from the beginning. */
      readonly at: number;
      readonly from: 'client' | 'device';
      /** Sockets are numbered as they are first used: 0 is the control socket. */
      readonly socket: number;
      readonly id: number;
      readonly body: ExampleBody | undefined;
      readonly header: ExampleHeader;
    }
  /** Bytes that were sent, but not captured. */
  | {
      readonly does: 'loses';
      readonly at: number;
      readonly from: 'client' | 'device';
      readonly socket: number;
      readonly bytes: number;
    }
  /** Bytes that are no message. */
  | {
      readonly does: 'sends';
      readonly at: number;
      readonly from: 'client' | 'device';
      readonly socket: number;
      readonly bytes: readonly number[];
    }
  | {
      readonly does: 'closes';
      readonly at: number;
      readonly from: 'client' | 'device';
      readonly socket: number;
    };

export interface Example {
  /** What happens, in a few words. */
  readonly title: string;
  readonly steps: readonly Step[];
  /** The device opens the connections (active registration, §4.1.2). */
  readonly deviceOpens?: boolean;
  /** TCP port that is connected to; 34567 without it. */
  readonly port?: number;
  /** The capture began after the connections were made. */
  readonly midStream?: boolean;
  /** Only this side was captured. */
  readonly onlyFrom?: 'client' | 'device';
  /** Sockets that another host than the client opens. */
  readonly strangerOn?: readonly number[];
  /** UDP on port 34569 both ways (§4.19), instead of TCP. */
  readonly datagrams?: boolean;
  /** With datagrams: the client's port, where it is another. */
  readonly clientPort?: number;
  /** Judged by the letter of the specification. */
  readonly spec?: boolean;
  /** Ids of rules that the same breach breaks too. */
  readonly alsoBreaks?: readonly string[];
}

export function example(title: string, ...steps: readonly (Step | readonly Step[])[]): Example {
  return { title, steps: steps.flat() };
}

/** The client says something on the control socket. Without a body, a valid one of that message is sent. */
export function client(at: number, id: number, body?: ExampleBody, header: ExampleHeader = {}): Step {
  return { does: 'says', at, from: 'client', socket: 0, id, body, header };
}

export function device(at: number, id: number, body?: ExampleBody, header: ExampleHeader = {}): Step {
  return { does: 'says', at, from: 'device', socket: 0, id, body, header };
}

/** The same steps on another socket. */
export function on(socket: number, ...steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => ({ ...step, socket }));
}

/** Bytes of a side that the capture has not. */
export function lost(at: number, from: 'client' | 'device', bytes: number): Step {
  return { does: 'loses', at, from, socket: 0, bytes };
}

export function raw(at: number, from: 'client' | 'device', bytes: readonly number[]): Step {
  return { does: 'sends', at, from, socket: 0, bytes };
}

export function closed(at: number, from: 'client' | 'device'): Step {
  return { does: 'closes', at, from, socket: 0 };
}

/** The id that the device of the examples gives out. */
export const EXAMPLE_SESSION = 0x0b;

/** A login that is accepted, from second `at` on; `reply` changes the answer. */
export function login(at = 0, reply: Readonly<Record<string, unknown>> = {}): readonly Step[] {
  return [
    client(at, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
    device(at + 0.1, 1001, { AliveInterval: 20, ...reply }, { sessionId: EXAMPLE_SESSION }),
  ];
}

/** The same in the numbering of §6.2.1. */
export function specLogin(request: Readonly<Record<string, unknown>> = {}): readonly Step[] {
  return [
    client(0, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa', ...request }),
    device(0.1, 1000, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
  ];
}

/** A login that is refused: wrong password. */
export function refusedLogin(at = 0): readonly Step[] {
  return [
    client(at, 1000, { UserName: 'viewer', PassWord: 'kHj3x8Qa' }),
    device(at + 0.1, 1001, { Ret: 203, SessionID: '0x00000000' }, { sessionId: 0 }),
  ];
}

/** The device logs in to the client (§5.1.2), which lets it in. */
export function registration(at = 0): readonly Step[] {
  const identity = { DeviceType: 'DVR', DeviceID: 123456, ChannelNum: 16 };
  const accepted = {
    Name: 'Login',
    AliveInterval: undefined,
    ChannelNum: undefined,
    'DeviceType ': undefined,
  };
  return [
    device(at, 1000, { UserName: 'recorder', PassWord: 'kHj3x8Qa', ...identity }),
    client(at + 0.1, 1001, accepted, { sessionId: EXAMPLE_SESSION }),
  ];
}

/** The body of an alarm: motion on channel 0 begins or ends. */
export function alarm(status: 'Start' | 'Stop' = 'Start'): Readonly<Record<string, unknown>> {
  const info = { Channel: 0, Event: 'VideoMotion', StartTime: '2009-02-16 13:36:11', Status: status };
  return { AlarmInfo: info, Name: 'AlarmInfo' };
}

/** A logout, and the client closes. */
export function logout(at: number): readonly Step[] {
  return [client(at, 1002), device(at + 0.1, 1003), closed(at + 0.2, 'client')];
}
