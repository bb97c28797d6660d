import type { Action, Context, Keymap } from './keymap.ts';
import type { DashboardModel, Progress, SaveWhat } from './model/contract.ts';
import type { Line, Painter } from './painter.ts';
import type { Chart, KeyPress, MousePress } from './terminal/terminal.ts';
import type { Tone } from './theme.ts';

/** What a panel stands for when something is saved from it; absent where it has nothing of the kind. */
export interface Subject {
  readonly marked?: SaveWhat;
  readonly filtered?: SaveWhat;
  readonly current?: SaveWhat;
  /** The session whose ladder can be drawn. */
  readonly session?: number;
}

/** A part of the screen that takes keys: a list, a view, the help. */
export interface Panel {
  readonly context: Context;
  /** For the line above: `Sessions`, `Message 12`. */
  readonly title: string;
  paint(painter: Painter): void;
  /** Charts that lie over what was painted last. */
  charts?(): readonly Chart[];
  /** What is said right of the titles: where the cursor is, what is filtered. */
  status?(): Line;
  /** Answers whether the action meant something here. */
  act(action: Action): boolean;
  /** The mouse at a place of the area that was painted last. */
  mouse?(mouse: MousePress): void;
  /** There is more data, or other. */
  changed?(progress: Progress): void;
  subject?(): Subject;
  /** Looks for text from the cursor on; `again` goes on behind the match. */
  search?(text: string, direction: 'forward' | 'backward', again: boolean): void;
  /** The filter of this panel, and a new one for it; panels without one have nothing to filter. */
  readonly filter?: FilterTarget;
}

export interface FilterTarget {
  /** `messages` are filtered in the language of -Y, the other lists by words. */
  readonly language: 'messages' | 'words';
  readonly text: string;
  apply(filter: string): void;
}

/** Something in front of a panel that takes all keys until it is closed. */
export interface Dialog {
  readonly context: 'prompt' | 'form';
  /** Lines it wants of a screen of some size. A prompt is painted at the bottom, a form in the middle. */
  size(width: number, height: number): { readonly width: number; readonly height: number };
  /** Answers where the cursor is, in cells of the painter's area. */
  paint(painter: Painter): { readonly x: number; readonly y: number } | undefined;
  act(action: Action): void;
  /** Asked before the keymap: answers whether the key was typed into the dialog. */
  key(key: KeyPress): boolean;
  /** The mouse at a place of the area that was painted last. */
  mouse?(mouse: MousePress): void;
}

/** What a panel has of the screen around it. */
export interface Host {
  readonly model: DashboardModel;
  readonly keymap: Keymap;
  readonly progress: Progress | undefined;
  repaint(): void;
  push(panel: Panel): void;
  /** Closes the panel in front; the first stays. */
  pop(): void;
  open(dialog: Dialog): void;
  close(): void;
  /** One line at the bottom until the next key. */
  say(text: string, tone?: Tone): void;
}
