import { styleText } from 'node:util';

/** How a report dresses its words; without colour every function returns its text unchanged. */
export interface Style {
  heading(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  error(text: string): string;
  warning(text: string): string;
  note(text: string): string;
}

const plain = (text: string) => text;

export const PLAIN: Style = {
  heading: plain,
  faint: plain,
  good: plain,
  error: plain,
  warning: plain,
  note: plain,
};

export const COLOURED: Style = {
  heading: (text) => styleText('bold', text, { validateStream: false }),
  faint: (text) => styleText('dim', text, { validateStream: false }),
  good: (text) => styleText('green', text, { validateStream: false }),
  error: (text) => styleText('red', text, { validateStream: false }),
  warning: (text) => styleText('yellow', text, { validateStream: false }),
  note: (text) => styleText('cyan', text, { validateStream: false }),
};
