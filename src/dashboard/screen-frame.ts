import type { Keymap } from './keymap.ts';
import type { Progress } from './model/contract.ts';
import { Painter } from './painter.ts';
import type { Dialog, Panel } from './panel.ts';
import { paintFooter, type Said, type Way } from './panels/footer.ts';
import { HEADER_HEIGHT, paintHeader } from './panels/header.ts';
import { paintTabs, type Tab } from './panels/tabs.ts';
import { type Area, Canvas } from './terminal/canvas.ts';
import type { Terminal } from './terminal/terminal.ts';
import type { Theme } from './theme.ts';

/** All that the screen is made of at one moment. */
export interface Picture {
  readonly paths: readonly string[];
  readonly keymap: Keymap;
  readonly progress: Progress | undefined;
  readonly tabs: readonly Tab[];
  readonly tab: number;
  /** Panels over the tab; the last is in front. */
  readonly stack: readonly Panel[];
  readonly front: Panel;
  readonly dialog: Dialog | undefined;
  readonly said: Said | undefined;
  readonly way: Way;
}

/** What the dashboard needs at least: below that it says so. */
const SMALLEST = { width: 40, height: 10 };
const TABS_HEIGHT = 1;
export const FOOTER_HEIGHT = 1;
/** The line of the tabs, and the first line of the panel. */
export const TABS_LINE = HEADER_HEIGHT;
export const PANEL_TOP = HEADER_HEIGHT + TABS_HEIGHT;

/** Header, tabs, the panel in front, footer, and the dialog before them, on one canvas. */
export class ScreenFrame {
  /** Where the dialog was painted last. */
  dialogArea: Area = { x: 0, y: 0, width: 0, height: 0 };
  readonly #theme: Theme;
  #canvas: Canvas | undefined = undefined;

  constructor(theme: Theme) {
    this.#theme = theme;
  }

  paint(terminal: Terminal, picture: Picture): void {
    const { width, height } = terminal;
    const canvas = this.#blank(width, height);
    const whole = new Painter(canvas, this.#theme, { x: 0, y: 0, width, height });
    if (width < SMALLEST.width || height < SMALLEST.height) {
      whole.text(0, 0, `The dashboard needs ${SMALLEST.width} × ${SMALLEST.height} cells.`);
      terminal.show(canvas, [], undefined);
      return;
    }
    const { front, dialog, keymap, progress } = picture;
    paintHeader(whole.part(0, 0, width, HEADER_HEIGHT), picture.paths, progress);
    front.paint(whole.part(0, PANEL_TOP, width, height - PANEL_TOP - FOOTER_HEIGHT));
    const tabs = whole.part(0, TABS_LINE, width, TABS_HEIGHT);
    paintTabs(tabs, picture.tabs, picture.tab, picture.stack, front, progress);
    const footer = whole.part(0, height - FOOTER_HEIGHT, width, FOOTER_HEIGHT);
    paintFooter(footer, keymap, dialog?.context ?? front.context, picture.way, picture.said);
    if (dialog === undefined) terminal.show(canvas, front.charts?.() ?? [], undefined);
    // Charts lie over everything, so they make room for a dialog.
    else terminal.show(canvas, [], this.#paintDialog(whole, dialog));
  }

  #blank(width: number, height: number): Canvas {
    if (this.#canvas?.width === width && this.#canvas.height === height) this.#canvas.clear();
    else this.#canvas = new Canvas(width, height, this.#theme.attribute('plain'));
    return this.#canvas;
  }

  /** Answers where the cursor is. */
  #paintDialog(whole: Painter, dialog: Dialog): { x: number; y: number } | undefined {
    const { width, height } = dialog.size(whole.width, whole.height - FOOTER_HEIGHT);
    const prompt = dialog.context === 'prompt';
    const x = prompt ? 0 : Math.floor((whole.width - width) / 2);
    const y = prompt
      ? whole.height - FOOTER_HEIGHT - height
      : Math.max(0, Math.floor((whole.height - height) / 2));
    const painter = whole.part(x, y, width, height);
    this.dialogArea = painter.area;
    const cursor = dialog.paint(painter);
    return cursor === undefined ? undefined : { x: x + cursor.x, y: y + cursor.y };
  }
}
