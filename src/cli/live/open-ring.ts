import type { RingLimits } from '../../capture/ring/limits.ts';
import { PacketRing, type RingEvents, type Rotation } from '../../capture/ring/packet-ring.ts';
import { placeOf, type RingPlace, temporaryPlace } from '../../capture/ring/ring-place.ts';
import type { RingPlan } from '../../capture/ring/ring-plan.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import type { LiveCommandOptions } from './live-options.ts';

export interface SpoolPlace {
  readonly where: string;
  readonly temporary: boolean;
}

/** As tshark counts: `filesize` is in units of 1000 bytes. */
const KILOBYTE = 1000;

/** A ring that has its place, and may begin. */
interface PlannedRing {
  readonly plan: RingPlan;
  readonly place: RingPlace;
}

/**
 * The ring that `-w` and `-b` ask for, its folder made; undefined with `-w none`.
 *
 * @throws Failure where it makes no sense, or there is no such place
 */
export function planRing(
  { write, ringBuffer, autostop }: LiveCommandOptions,
  limits: RingLimits,
): PlannedRing | undefined {
  if (write === 'none') {
    if (ringBuffer !== undefined) throw usageError('-b has nothing to rotate with -w none');
    if (autostop?.filesize !== undefined || autostop?.files !== undefined) {
      throw usageError('-a filesize: and files: have nothing to count with -w none');
    }
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
  const numbered = ringBuffer !== undefined;
  const place = openPlace(write, numbered);
  const enough = {
    ...(autostop?.filesize !== undefined && { bytes: autostop.filesize * KILOBYTE }),
    ...(autostop?.files !== undefined && { files: autostop.files }),
  };
  const { temporary } = place;
  const path = write ?? place.where;
  const rotation = rotationOf(place, asked, limits);
  return { place, plan: { path, numbered, temporary, rotation, enough, limits } };
}

/** The same, begun. */
export function openRing(
  options: LiveCommandOptions,
  events: RingEvents,
  limits: RingLimits,
): { readonly ring: PacketRing; readonly place: SpoolPlace } | undefined {
  const planned = planRing(options, limits);
  if (planned === undefined) return undefined;
  const { place, plan } = planned;
  const ring = new PacketRing(place, plan.rotation, plan.enough, events, limits);
  return { ring, place: { where: place.where, temporary: place.temporary } };
}

function rotationOf(place: RingPlace, asked: Rotation, limits: RingLimits): Rotation {
  const { temporaryFileBytes, temporaryFiles, folderFileBytes } = limits;
  if (place.temporary) return { bytes: temporaryFileBytes, files: temporaryFiles, ...asked };
  if (place.replaces || Object.keys(asked).length > 0) return asked;
  return { bytes: folderFileBytes };
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
