import { FOLDER_FILE_BYTES, TEMPORARY_FILE_BYTES, TEMPORARY_FILES } from '../../capture/ring/limits.ts';
import { PacketRing, type RingEvents, type Rotation } from '../../capture/ring/packet-ring.ts';
import { placeOf, type RingPlace, temporaryPlace } from '../../capture/ring/ring-place.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import type { LiveCommandOptions } from './live-options.ts';

export interface SpoolPlace {
  readonly where: string;
  readonly temporary: boolean;
}

/** As tshark counts: `filesize` is in units of 1000 bytes. */
const KILOBYTE = 1000;

/** The ring that `-w` and `-b` ask for; undefined with `-w none`. */
export function openRing(
  { write, ringBuffer, autostop }: LiveCommandOptions,
  events: RingEvents,
): { readonly ring: PacketRing; readonly place: SpoolPlace } | undefined {
  if (write === 'none') {
    if (ringBuffer !== undefined) throw usageError('-b has nothing to rotate with -w none');
    return undefined;
  }
  if (write === '-') throw usageError('-w needs a folder or a file; standard output has the messages');
  if (write === '') throw usageError('-w needs a name');
  const { duration, filesize, files, packets, interval } = ringBuffer ?? {};
  const asked: Rotation = {
    ...(duration !== undefined && { seconds: duration }),
    ...(filesize !== undefined && { bytes: filesize * KILOBYTE }),
    ...(packets !== undefined && { packets }),
    ...(interval !== undefined && { intervalSeconds: interval }),
    ...(files !== undefined && { files }),
  };
  if (files !== undefined && Object.keys(asked).length === 1) {
    throw usageError(
      '-b files: says how many are kept; -b duration:, filesize:, packets: or interval: when the next begins',
    );
  }
  const place = openPlace(write, ringBuffer !== undefined);
  const enough = {
    ...(autostop?.filesize !== undefined && { bytes: autostop.filesize * KILOBYTE }),
    ...(autostop?.files !== undefined && { files: autostop.files }),
  };
  const ring = new PacketRing(place, rotationOf(place, asked), enough, events);
  return { ring, place: { where: place.where, temporary: place.temporary } };
}

function rotationOf(place: RingPlace, asked: Rotation): Rotation {
  if (place.temporary) return { bytes: TEMPORARY_FILE_BYTES, files: TEMPORARY_FILES, ...asked };
  if (place.replaces || Object.keys(asked).length > 0) return asked;
  return { bytes: FOLDER_FILE_BYTES };
}

function openPlace(write: string | undefined, numbered: boolean): RingPlace {
  try {
    return write === undefined ? temporaryPlace() : placeOf(write, numbered);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure(
      EXIT.input,
      `${write ?? 'temporary files'}: cannot be written to (${code}); -w none keeps no packets`,
    );
  }
}
