import type { FilterError } from '../../filter/span.ts';
import type { View } from './contract-rows.ts';

// Search, comparison, files.

export type FilterCheck = { readonly kind: 'filter'; readonly fields: readonly string[] } | FilterError;

export interface FindQuery {
  /** The list of messages to look in. */
  readonly view: View;
  /** Upper and lower case are the same. Names, ids, return codes, addresses, bodies are looked through. */
  readonly text: string;
  /** Row of the list to begin at (it is the first one looked at). */
  readonly from: number;
  readonly direction: 'forward' | 'backward';
}

/** The row that was found; undefined where none is. */
export interface Found {
  readonly position: number;
  readonly number: number;
}

export type Comparison =
  | { readonly of: 'messages'; readonly left: number; readonly right: number }
  | { readonly of: 'sessions'; readonly left: number; readonly right: number };

/** Two things side by side, line by line. */
export interface Compared {
  readonly leftTitle: string;
  readonly rightTitle: string;
  readonly lines: readonly ComparedLine[];
  /** Lines that differ. */
  readonly differences: number;
  /** Lines of either side left out because there are too many. */
  readonly left: number;
}

export interface ComparedLine {
  readonly kind: 'same' | 'changed' | 'left-only' | 'right-only';
  readonly left?: string;
  readonly right?: string;
  /** Message that the line stands for, of compared sessions. */
  readonly leftNumber?: number;
  readonly rightNumber?: number;
}

/** What is saved. A `view` is a list of messages with its filter. */
export type SaveWhat =
  | { readonly what: 'all' }
  | { readonly what: 'sessions'; readonly numbers: readonly number[] }
  | { readonly what: 'flows'; readonly numbers: readonly number[] }
  | { readonly what: 'messages'; readonly numbers: readonly number[] }
  | { readonly what: 'view'; readonly view: View };

/** `svg` draws the ladder of one session: `sessions` with one number. */
export type SaveFormat = 'pcapng' | 'ndjson' | 'text' | 'svg';

export interface SaveRequest {
  readonly what: SaveWhat;
  readonly format: SaveFormat;
  readonly path: string;
  /** Replace a file that is there. */
  readonly force?: boolean;
}

export interface ExtractRequest {
  /** Number of a media stream. */
  readonly stream: number;
  readonly directory: string;
  readonly force?: boolean;
}

/** How a file was made, or why not; `exists` asks for `force`. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly files: readonly string[];
      readonly bytes: number;
      /** Packets or messages that were written. */
      readonly items: number;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'cancelled' };

/** A long job: how far it is, 0 … 1. */
export interface JobProgress {
  readonly job: 'save' | 'extract' | 'find' | 'bytes';
  readonly share: number;
}
