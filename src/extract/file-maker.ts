import { formatTime } from '../report/format/time.ts';
import type { ExtractedFile, LeftOut } from '../report/records/manifest-schema.ts';
import type { ExtractLimits } from './limits.ts';
import { MediaFile } from './media-file.ts';
import type { OutputFolder } from './output-folder.ts';
import type { Recordings } from './recordings.ts';

/** What a file is named after: nothing of it but numbers comes from the capture. */
export interface Subject {
  readonly kind: ExtractedFile['kind'];
  /** 0 = none. */
  readonly session: number;
  readonly flow: number;
  readonly channel: number | undefined;
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** Facts that only the end of a file knows. */
export interface Ending {
  readonly messageId: number;
  readonly session: number;
  readonly from: 'client' | 'device';
  readonly channel: number | undefined;
  readonly packets: readonly [first: number, last: number];
  readonly endSeconds: number;
  readonly endNanoseconds: number;
}

export type Extension = 'h264' | 'h265' | 'm4v' | 'wav' | 'jpg' | 'bin' | 'zip' | 'txt';

/** Makes the files of an extraction, names them, and writes down what each became. */
export class FileMaker {
  readonly files: ExtractedFile[] = [];
  readonly leftOut: LeftOut = {
    opaque: { frames: 0, bytes: 0 },
    beforeKeyFrame: { frames: 0, bytes: 0 },
    audio: { frames: 0, bytes: 0 },
    beyondLimit: { frames: 0, bytes: 0 },
    archivePieces: { frames: 0, bytes: 0 },
    untimed: { frames: 0, bytes: 0 },
  };
  readonly limits: ExtractLimits;
  /** Where recordings are to be made. */
  readonly recordings: Recordings | undefined;
  readonly #folder: OutputFolder;
  #made = 0;
  #full = false;

  constructor(folder: OutputFolder, limits: ExtractLimits, recordings?: Recordings) {
    this.recordings = recordings;
    if (recordings !== undefined) this.leftOut.untimed = recordings.untimed;
    this.#folder = folder;
    this.limits = limits;
  }

  /** Whether so many bytes may be written; once they may not, nothing may: later ones would be out of place. */
  hasRoom(bytes: number): boolean {
    this.#full ||= this.#folder.written + bytes > this.limits.bytes;
    return !this.#full;
  }

  /** A new file; undefined where there are too many, or it cannot be made. */
  create(
    subject: Subject,
    content: ExtractedFile['content'],
    extension: Extension,
    codec?: string,
  ): MediaFile | undefined {
    if (this.#made >= this.limits.files) return undefined;
    this.#made += 1;
    const file = this.#folder.create(fileName(subject, this.#made, extension));
    return file === undefined
      ? undefined
      : new MediaFile(this.#folder, file, content, codec, this.limits.gapsListed);
  }

  /** Closes a file, with `head` over its beginning where given, and lists it; undefined where that failed. */
  finish(
    file: MediaFile,
    subject: Subject,
    ending: Ending,
    head?: Uint8Array,
    rate?: number,
  ): ExtractedFile | undefined {
    const sha256 = file.finish(head);
    if (sha256 === undefined) return undefined;
    const startTime = formatTime(subject.seconds, subject.nanoseconds);
    const endTime = formatTime(ending.endSeconds, ending.endNanoseconds);
    const session = ending.session === 0 ? subject.session : ending.session;
    const [first, last] = ending.packets;
    const entry: ExtractedFile = {
      file: file.name,
      content: file.content,
      bytes: file.bytes,
      sha256,
      kind: subject.kind,
      ...(session !== 0 && { session }),
      flow: subject.flow,
      from: ending.from,
      messageId: ending.messageId,
      ...(ending.channel !== undefined && { channel: ending.channel }),
      ...(file.codec !== undefined && { codec: file.codec }),
      ...(rate !== undefined && { rate }),
      ...(file.frames > 0 && { frames: file.frames }),
      ...(file.cutFrames > 0 && { cutFrames: file.cutFrames }),
      missingBytes: file.missingBytes,
      gaps: file.gaps,
      ...(first > 0 && { packets: [first, last] }),
      ...(startTime !== undefined && { startTime }),
      ...(endTime !== undefined && { endTime }),
    };
    this.files.push(entry);
    return entry;
  }
}

/** `001_session-1_flow-2_channel-0_20261122T071708Z_monitor.h264`: sorted by name is sorted by beginning. */
function fileName(subject: Subject, number: number, extension: Extension): string {
  const { session, flow, channel, kind } = subject;
  const time = formatTime(subject.seconds, subject.nanoseconds);
  return [
    String(number).padStart(3, '0'),
    ...(session === 0 ? [] : [`session-${session}`]),
    `flow-${flow}`,
    ...(channel === undefined ? [] : [`channel-${channel}`]),
    ...(time === undefined ? [] : [`${time.slice(0, 19).replaceAll(/[-:]/g, '')}Z`]),
    `${kind}.${extension}`,
  ].join('_');
}
