import { type Dialect, describeMessage, type MessageDefinition } from '../../schemas/registry.ts';
import { EXAMPLE_SESSION, type Example, type Step } from '../../src/rules/example.ts';
import { jsonBody, writeMessage } from './dvrip-writer.ts';
import { validBody } from './example-bodies.ts';
import { chunkBytes, h264Frame, isChunk } from './example-chunks.ts';
import { audioChunk, interChunk, keyChunk } from './media-writer.ts';
import type { FedPacket } from './packet-feed.ts';
import { Socket } from './socket.ts';
import { writeDatagram } from './tcp-writer.ts';

type Said = Extract<Step, { does: 'says' }>;

const CLIENT = '192.168.1.5';
const STRANGER = '192.168.1.66';
const DEVICE = '192.168.1.10';
const DISCOVERY = 34_569;
const AUDIO_IDS = new Set([1432, 1433]);

/** The packets of an example: what it leaves out is as in a conversation that obeys every rule. */
export function examplePackets(example: Example): FedPacket[] {
  const teller = new Teller(example);
  for (const step of [...example.steps].sort((a, b) => a.at - b.at)) teller.tell(step);
  return teller.packets();
}

class Teller {
  readonly #example: Example;
  readonly #dialect: Dialect;
  readonly #sockets = new Map<number, Socket>();
  readonly #datagrams: FedPacket[] = [];
  /** Next sequence number, by socket, sender and, for media, id and channel. */
  readonly #next = new Map<string, number>();
  /** Sequence numbers of requests, by socket and id of the answer. */
  readonly #asked = new Map<string, number>();
  /** What requests asked for, by socket and id of the answer. */
  readonly #names = new Map<string, string>();
  readonly #streams = new Set<string>();

  constructor(example: Example) {
    this.#example = example;
    this.#dialect = example.spec === true ? 'spec' : 'field';
  }

  packets(): FedPacket[] {
    const { onlyFrom } = this.#example;
    const all = [...this.#datagrams, ...[...this.#sockets.values()].flatMap((socket) => socket.packets)];
    const hidden =
      onlyFrom === undefined
        ? undefined
        : Buffer.from((onlyFrom === 'client' ? DEVICE : CLIENT).split('.').map(Number));
    return all
      .filter(({ bytes }) => hidden === undefined || !hidden.equals(bytes.subarray(26, 30)))
      .sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0) || (a.nanoseconds ?? 0) - (b.nanoseconds ?? 0));
  }

  tell(step: Step): void {
    if (step.does === 'says' && this.#example.datagrams === true) {
      const asker = { address: CLIENT, port: this.#example.clientPort ?? DISCOVERY };
      const answerer = { address: DEVICE, port: DISCOVERY };
      const [from, to] = step.from === 'client' ? [asker, answerer] : [answerer, asker];
      const bytes = writeDatagram(from, to, this.#write(step));
      this.#datagrams.push({ bytes, ...timeOf(step.at) });
      return;
    }
    const socket = this.#socket(step.socket, step.at);
    const side = (step.from === 'client') === (this.#example.deviceOpens === true) ? 1 : 0;
    const before = socket.packets.length;
    if (step.does === 'says') say(socket, side, this.#write(step));
    else if (step.does === 'sends') say(socket, side, Uint8Array.from(step.bytes));
    else if (step.does === 'loses') socket.lose(side, step.bytes);
    else socket.close(side);
    stamp(socket, before, step.at);
  }

  #socket(number: number, at: number): Socket {
    let socket = this.#sockets.get(number);
    if (socket === undefined) {
      const { deviceOpens, midStream, port = 34_567, strangerOn } = this.#example;
      const opener = strangerOn?.includes(number) === true ? STRANGER : CLIENT;
      const ends =
        deviceOpens === true ? { client: DEVICE, device: opener } : { client: opener, device: DEVICE };
      socket = new Socket(port, 50_000 + number, midStream !== true, ends);
      stamp(socket, 0, at);
      this.#sockets.set(number, socket);
    }
    return socket;
  }

  #write(step: Said): Buffer {
    const { id, from, header } = step;
    const definition = describeMessage(this.#dialect, id, from);
    const sessionId =
      header.sessionId ?? (id === 1000 || this.#example.datagrams === true ? 0 : EXAMPLE_SESSION);
    const { length, ...fields } = header;
    const message = {
      id,
      version: from === 'client' && this.#dialect === 'field' ? 0 : 1,
      sequence: this.#sequence(step, definition),
      ...fields,
      sessionId,
      body: this.#body(step, definition, sessionId),
    };
    return writeMessage(length === undefined ? message : { ...message, length });
  }

  /** Each side of a socket counts its requests; an answer repeats the request's number; media counts for itself. */
  #sequence(step: Said, definition: MessageDefinition | undefined): number {
    const { socket, from, id } = step;
    const asked = this.#asked.get(`${socket} ${id}`);
    if (definition?.replyTo !== undefined && asked !== undefined) return asked;
    const media = definition?.kind === 'media';
    const key = `${socket} ${from} ${media ? `${id} ${step.header.byte12 ?? 0}` : ''}`;
    const given = step.header.sequence;
    const next = given ?? this.#next.get(key) ?? (media && this.#dialect === 'spec' ? 1 : 0);
    this.#next.set(key, (next + 1) >>> 0);
    if (definition?.reply !== undefined) this.#asked.set(`${socket} ${definition.reply}`, next);
    return next;
  }

  #body(step: Said, definition: MessageDefinition | undefined, sessionId: number): Buffer {
    const { body } = step;
    if (typeof body === 'string') {
      this.#asks(step, definition, /"Name" *: *"([^"]+)"/.exec(body)?.[1]);
      return Buffer.from(body);
    }
    if (typeof body === 'number') return this.#media(step, body);
    if (isChunk(body)) return chunkBytes(body);
    const hasNone = definition === undefined || definition.body === undefined;
    if (body === undefined && (hasNone || definition.body?.mayBeEmpty === true)) return Buffer.alloc(0);
    const said = body as Readonly<Record<string, unknown>> | undefined;
    const asked = this.#names.get(`${step.socket} ${step.id}`);
    const whole: Record<string, unknown> = { ...validBody(definition, sessionId, asked, said), ...said };
    this.#asks(step, definition, whole.Name);
    return jsonBody(whole);
  }

  #asks({ socket }: Said, definition: MessageDefinition | undefined, name: unknown): void {
    if (definition?.reply === undefined || typeof name !== 'string') return;
    this.#names.set(`${socket} ${definition.reply}`, name);
  }

  #media({ socket, id, header }: Said, length: number): Buffer {
    if (id === 1522) return Buffer.alloc(length, 0x5a);
    if (length === 0) return Buffer.alloc(0);
    if (AUDIO_IDS.has(id)) return audioChunk(14, 2, Buffer.alloc(Math.max(0, length - 8), 0xd5));
    const stream = `${socket} ${id} ${header.byte12 ?? 0}`;
    if (this.#streams.has(stream)) return interChunk(h264Frame('inter', length - 8));
    this.#streams.add(stream);
    return keyChunk(2, h264Frame('key', length - 16));
  }
}

function say(socket: Socket, side: 0 | 1, bytes: Uint8Array): void {
  const LONGEST = 32_000;
  for (let at = 0; at === 0 || at < bytes.length; at += LONGEST) {
    const piece = bytes.subarray(at, at + LONGEST);
    if (side === 0) socket.client(piece);
    else socket.device(piece);
  }
}

function timeOf(at: number): { seconds: number; nanoseconds: number } {
  const seconds = Math.floor(at);
  return { seconds: 1_000_000_000 + seconds, nanoseconds: Math.round((at - seconds) * 1e9) };
}

/** Gives the packets of a socket, from the given one on, the time of their step. */
function stamp(socket: Socket, from: number, at: number): void {
  for (let i = from; i < socket.packets.length; i += 1) {
    const packet = socket.packets[i];
    if (packet !== undefined) socket.packets[i] = { ...packet, ...timeOf(at) };
  }
}
