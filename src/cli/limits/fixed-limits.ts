import { CHUNK_BYTES } from '../../capture/limits.ts';
import {
  PIECE_BYTES as LIVE_PIECE_BYTES,
  MERGE_LOOKS_PER_SECOND,
  NAME_CHARACTERS,
  SPARE_PIECES,
} from '../../capture/live/limits.ts';
import { OPEN_FILES, READ_BYTES, PIECE_BYTES as RING_PIECE_BYTES } from '../../capture/ring/limits.ts';
import type { LimitWords } from './limit-words.ts';
import { NOTHING_LOST } from './limit-words.ts';

/** A limit that cannot be set. */
export interface FixedLimit {
  readonly value: number;
  /** Why setting it would be of no use. */
  readonly why: string;
  readonly words: LimitWords;
}

const BUFFER = 'no: the size of a buffer, which loses nothing';

/** Limits that are what they are, by the part of the program that has them and the name that the code gives them. */
export const FIXED_LIMITS = {
  'capture.CHUNK_BYTES': {
    value: CHUNK_BYTES,
    why: BUFFER,
    words: ['the next piece is read', NOTHING_LOST],
  },
  'live.PIECE_BYTES': {
    value: LIVE_PIECE_BYTES,
    why: BUFFER,
    words: ['the next piece is taken', NOTHING_LOST],
  },
  'live.SPARE_PIECES': {
    value: SPARE_PIECES,
    why: 'no: buffers kept for the next pieces, which loses nothing',
    words: ['further buffers are given back', NOTHING_LOST],
  },
  'live.NAME_CHARACTERS': {
    value: NAME_CHARACTERS,
    why: 'no: it guards the arguments of the engines; systems have shorter names',
    words: ['the name is refused', 'the message of the refusal'],
  },
  'live.MERGE_LOOKS_PER_SECOND': {
    value: MERGE_LOOKS_PER_SECOND,
    why: 'no: how finely the time is measured that packets wait',
    words: ['it is looked again later', NOTHING_LOST],
  },
  'ring.PIECE_BYTES': {
    value: RING_PIECE_BYTES,
    why: BUFFER,
    words: ['they are written', NOTHING_LOST],
  },
  'ring.OPEN_FILES': {
    value: OPEN_FILES,
    why: 'no: files opened ahead, which loses nothing',
    words: ['further files are opened when one before them has been read', NOTHING_LOST],
  },
  'ring.READ_BYTES': {
    value: READ_BYTES,
    why: BUFFER,
    words: ['the next piece is read', NOTHING_LOST],
  },
} as const satisfies Readonly<Record<string, FixedLimit>>;
