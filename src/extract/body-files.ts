import type { Message } from '../session/message.ts';
import type { Ending, Extension, FileMaker, Subject } from './file-maker.ts';
import type { MediaFile } from './media-file.ts';

/** An archive whose pieces may go on in the next message of its direction (field notes §7.8). */
interface OpenArchive {
  readonly flow: number;
  readonly file: MediaFile;
  readonly subject: Subject;
  ending: Ending;
}

const CONFIG_IMPORT = 1540;
const BRACE = 0x7b;

/** The files that control messages carry whole: pictures, archives, texts. */
export class BodyFiles {
  readonly #maker: FileMaker;
  readonly #archives = new Map<string, OpenArchive>();

  constructor(maker: FileMaker) {
    this.#maker = maker;
  }

  message(message: Message): void {
    switch (message.definition?.carrier) {
      case 'jpeg-or-json':
        if (begins(message, 0xff, 0xd8)) this.#whole(message, 'picture', 'jpg', 'jpeg');
        break;
      case 'zip':
      case 'zip-or-json':
        this.#archive(message);
        break;
      case 'text':
        if (isText(message)) this.#whole(message, 'text', 'txt');
        break;
      default:
        break;
    }
  }

  /** Nothing more will come of a flow. */
  flowEnded(flow: number): void {
    for (const [key, archive] of this.#archives) if (archive.flow === flow) this.#close(key);
  }

  /** Nothing more will come. */
  end(): void {
    for (const key of [...this.#archives.keys()]) this.#close(key);
  }

  #whole(message: Message, content: 'picture' | 'text', extension: Extension, codec?: string): void {
    const subject = subjectOf(message, content === 'picture' ? 'snapshot' : 'export');
    const room = this.#maker.hasRoom(message.bodyEnd - message.bodyStart);
    const file = room ? this.#maker.create(subject, content, extension, codec) : undefined;
    if (file === undefined) {
      this.#leaveOut(message, 'beyondLimit');
      return;
    }
    writeBody(file, message);
    this.#maker.finish(file, subject, endingOf(message));
  }

  #archive(message: Message): void {
    const key = `${message.flow.number}:${message.side}:${message.header.messageId}`;
    const open = this.#archives.get(key);
    const isZip = begins(message, 0x50, 0x4b);
    if (open !== undefined && !isZip && !isJson(message)) {
      if (!this.#maker.hasRoom(message.bodyEnd - message.bodyStart)) {
        this.#leaveOut(message, 'beyondLimit');
        return;
      }
      const ending = endingOf(message);
      const [first] = open.ending.packets;
      open.ending = { ...ending, packets: [first, ending.packets[1]] };
      writeBody(open.file, message);
      return;
    }
    this.#close(key);
    if (isZip) this.#begin(key, message);
    else if (isText(message)) this.#whole(message, 'text', 'txt');
    else if (!isJson(message)) this.#leaveOut(message, 'archivePieces');
  }

  #begin(key: string, message: Message): void {
    const [oldest] = this.#archives.keys();
    if (this.#archives.size >= this.#maker.limits.openArchives && oldest !== undefined) this.#close(oldest);
    const subject = subjectOf(message, message.header.messageId === CONFIG_IMPORT ? 'import' : 'export');
    const room = this.#maker.hasRoom(message.bodyEnd - message.bodyStart);
    const file = room ? this.#maker.create(subject, 'archive', 'zip') : undefined;
    if (file === undefined) {
      this.#leaveOut(message, 'beyondLimit');
      return;
    }
    this.#archives.set(key, { flow: message.flow.number, file, subject, ending: endingOf(message) });
    writeBody(file, message);
  }

  #close(key: string): void {
    const archive = this.#archives.get(key);
    if (archive === undefined) return;
    this.#archives.delete(key);
    this.#maker.finish(archive.file, archive.subject, archive.ending);
  }

  #leaveOut({ bodyStart, bodyEnd }: Message, why: 'beyondLimit' | 'archivePieces'): void {
    if (bodyStart === bodyEnd) return;
    const left = this.#maker.leftOut[why];
    left.frames += 1;
    left.bytes += bodyEnd - bodyStart;
  }
}

function begins({ body, bodyStart, bodyEnd }: Message, first: number, second: number): boolean {
  return bodyEnd - bodyStart >= 2 && body[bodyStart] === first && body[bodyStart + 1] === second;
}

function isJson(message: Message): boolean {
  if (message.content?.kind === 'json') return true;
  return message.bodyStart < message.bodyEnd && message.body[message.bodyStart] === BRACE;
}

/** A log or another text: not JSON, and without the control characters that no text has. */
function isText(message: Message): boolean {
  const { body, bodyStart, bodyEnd } = message;
  if (bodyStart === bodyEnd || isJson(message)) return false;
  for (let at = bodyStart; at < bodyEnd; at++) {
    const byte = body[at] ?? 0;
    // A trailing zero is the end of a C string.
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && (byte !== 0 || at < bodyEnd - 1)) return false;
  }
  return true;
}

function writeBody(file: MediaFile, message: Message): void {
  file.write(message.body, message.bodyStart, message.bodyEnd);
  file.gap(message.length - (message.bodyEnd - message.bodyStart));
}

function subjectOf(message: Message, kind: Subject['kind']): Subject {
  const { session, flow, seconds, nanoseconds } = message;
  return { kind, session, flow: flow.number, channel: undefined, seconds, nanoseconds };
}

function endingOf(message: Message): Ending {
  const { session, from, header, firstPacket, lastPacket, seconds, nanoseconds } = message;
  return {
    messageId: header.messageId,
    session,
    from,
    channel: undefined,
    packets: [firstPacket, lastPacket],
    endSeconds: seconds,
    endNanoseconds: nanoseconds,
  };
}
