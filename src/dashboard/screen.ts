import { filterForm } from './dialogs/filter-form.ts';
import { FilterHistory } from './dialogs/filter-history.ts';
import { FilterPrompt } from './dialogs/filter-prompt.ts';
import { saveForm } from './dialogs/save-form.ts';
import { SearchPrompt } from './dialogs/search-prompt.ts';
import type { Action, Keymap } from './keymap.ts';
import type { DashboardModel, JobProgress, Progress } from './model/contract.ts';
import type { Dialog, Host, Panel } from './panel.ts';
import { footerKeys, type Said, type Way } from './panels/footer.ts';
import { HelpPanel } from './panels/help.ts';
import { Panels } from './panels/panels.ts';
import { tabAt } from './panels/tabs.ts';
import { baseName } from './panels/words.ts';
import { FOOTER_HEIGHT, PANEL_TOP, ScreenFrame, TABS_LINE } from './screen-frame.ts';
import { withoutAlt } from './terminal/key-names.ts';
import type { KeyPress, MousePress, Terminal, TerminalEvents } from './terminal/terminal.ts';
import type { Theme, Tone } from './theme.ts';

export interface ScreenOptions {
  readonly paths: readonly string[];
  readonly model: DashboardModel;
  readonly keymap: Keymap;
  readonly theme: Theme;
  /** Messages that are shown to begin with, in the language of -Y; empty: the dashboard begins with the sessions. */
  readonly filter?: string;
  /** Called once, when the user leaves or the model broke; then the terminal is to be closed. */
  leave(error?: string): void;
}

/** The whole dashboard on one terminal: header, panels one over the other, dialog, footer. */
export class Screen implements TerminalEvents, Host {
  readonly model: DashboardModel;
  readonly keymap: Keymap;
  progress: Progress | undefined = undefined;
  readonly #options: ScreenOptions;
  readonly #history = new FilterHistory();
  readonly #panels: Panels;
  /** Opened over the tab in front, the latest last. */
  readonly #stack: Panel[] = [];
  #tab = 0;
  #dialog: Dialog | undefined = undefined;
  #said: Said | undefined = undefined;
  #job: JobProgress | undefined = undefined;
  #searched = '';
  #terminal: Terminal | undefined = undefined;
  readonly #frame: ScreenFrame;
  #scheduled = false;
  #left = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.model = options.model;
    this.keymap = options.keymap;
    const [first = ''] = options.paths;
    this.#frame = new ScreenFrame(options.theme);
    const { filter = '' } = options;
    this.#panels = new Panels(this, baseName(first), filter);
    if (filter !== '') this.#tab = this.#panels.tabs.findIndex(({ action }) => action === 'show-messages');
    this.model.onChange((progress) => this.#changed(progress));
    this.model.onJob((job) => {
      this.#job = job.share >= 1 ? undefined : job;
      this.repaint();
    });
    this.model.onBroken((message) => this.#leave(message));
  }

  /** Starts to show itself. */
  start(terminal: Terminal): void {
    this.#terminal = terminal;
    this.model.progress().then(
      (progress) => this.#changed(progress),
      () => undefined,
    );
    this.#paint();
  }

  /** Paints soon; however often it is asked for, once. */
  repaint(): void {
    if (this.#scheduled || this.#left) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#left) this.#paint();
    });
  }

  push(panel: Panel): void {
    this.#stack.push(panel);
    this.repaint();
  }

  pop(): void {
    this.#stack.pop();
    if (this.progress !== undefined) this.#front.changed?.(this.progress);
    this.repaint();
  }

  open(dialog: Dialog): void {
    this.#dialog = dialog;
    this.repaint();
  }

  close(): void {
    this.#dialog = undefined;
    this.repaint();
  }

  say(text: string, tone: Tone = 'plain'): void {
    this.#said = { text, tone };
    this.repaint();
  }

  key(key: KeyPress): void {
    this.#said = undefined;
    const dialog = this.#dialog;
    if (dialog === undefined || !dialog.key(key)) {
      const action = this.keymap.action(dialog?.context ?? this.#front.context, key.name);
      const plain = withoutAlt(key.name);
      if (action !== undefined) this.#act(action);
      else if (plain !== undefined) {
        this.key({ name: 'escape', text: '' });
        this.key({ name: plain, text: plain.length === 1 ? plain : '' });
      }
    }
    this.repaint();
  }

  mouse(mouse: MousePress): void {
    this.#said = undefined;
    const { height, width } = this.#terminal ?? { height: 0, width: 0 };
    if (this.#dialog !== undefined) {
      const { x, y } = this.#frame.dialogArea;
      this.#dialog.mouse?.({ ...mouse, x: mouse.x - x, y: mouse.y - y });
    } else if (mouse.y === height - 1 && mouse.kind === 'press') {
      const hit = footerKeys(this.keymap, this.#front.context, this.#way, width).find(
        ({ x, end }) => mouse.x >= x && mouse.x < end,
      );
      if (hit !== undefined) this.key({ name: hit.press, text: '' });
    } else if (mouse.y === TABS_LINE && mouse.kind === 'press') {
      if (this.#stack.length > 0) this.pop();
      else {
        const tab = tabAt(this.#panels.tabs, this.#front, this.progress, width, mouse.x);
        if (tab !== undefined) this.#show(tab);
      }
    } else if (mouse.y >= PANEL_TOP && mouse.y < height - FOOTER_HEIGHT) {
      this.#front.mouse?.({ ...mouse, y: mouse.y - PANEL_TOP });
    }
    this.repaint();
  }

  resized(): void {
    if (!this.#left) this.#paint();
  }

  get #front(): Panel {
    return this.#stack.at(-1) ?? this.#panels.tab(this.#tab);
  }

  #changed(progress: Progress): void {
    this.progress = progress;
    this.#front.changed?.(progress);
    this.repaint();
  }

  #act(action: Action): void {
    switch (action) {
      case 'quit':
        this.#leave();
        return;
      case 'redraw':
        this.#terminal?.redraw();
        return;
      case 'suspend':
        this.#terminal?.suspend();
        return;
    }
    if (this.#dialog !== undefined) {
      if (action === 'filter-form') this.#openFilter(true);
      else this.#dialog.act(action);
      return;
    }
    if (this.#front.act(action)) return;
    switch (action) {
      case 'stop':
        this.#stop();
        return;
      case 'back':
        if (this.#job !== undefined || this.#stack.length > 0) this.#stop();
        else this.#leave();
        return;
      case 'help':
        if (this.#front.context !== 'help') this.push(new HelpPanel(this.keymap));
        return;
      case 'next-tab':
      case 'previous-tab': {
        if (this.#stack.length > 0) return;
        const { length } = this.#panels.tabs;
        this.#show((this.#tab + (action === 'next-tab' ? 1 : length - 1)) % length);
        return;
      }
      case 'show-sessions':
      case 'show-flows':
      case 'show-findings':
      case 'show-messages':
      case 'show-streams':
        this.#show(this.#panels.tabs.findIndex((tab) => tab.action === action));
        return;
      case 'filter':
      case 'filter-form':
        this.#openFilter(action === 'filter-form');
        return;
      case 'search':
        this.#openSearch();
        return;
      case 'next-match':
      case 'previous-match':
        if (this.#searched === '') this.#openSearch();
        else this.#front.search?.(this.#searched, action === 'next-match' ? 'forward' : 'backward', true);
        return;
      case 'save':
        this.open(saveForm(this, this.#front.subject?.() ?? {}, this.#panels.name));
        return;
      case 'pause':
      case 'clear':
        this.#control(action);
    }
  }

  /** One step back: the job that is under way, the panel in front, its filter, the reading. */
  #stop(): void {
    const { filter } = this.#front;
    if (this.#job !== undefined) {
      const { job } = this.#job;
      this.#job = undefined;
      this.model.cancelJob();
      // Bytes are read for the message in front, and go with it.
      if (job !== 'bytes' || this.#stack.length === 0) return;
    }
    if (this.#stack.length > 0) this.pop();
    else if (filter !== undefined && filter.text !== '') filter.apply('');
    else if (this.#reading) {
      this.model.cancelLoading();
      this.say('the reading was stopped', 'warning');
    } else this.say(`${this.keymap.label('back')} leaves`);
  }

  get #reading(): boolean {
    return this.progress?.state === 'reading' || this.progress?.state === 'paused';
  }

  /** What the way back means now. */
  get #way(): Way {
    if (this.#stack.length > 0) return 'back';
    if ((this.#front.filter?.text ?? '') !== '') return 'unfilter';
    return this.#reading ? 'stop' : 'quit';
  }

  #control(action: 'pause' | 'clear'): void {
    if (!this.#reading) this.say('everything has been read', 'warning');
    else if (action === 'pause') this.model.pause(this.progress?.state === 'reading');
    else this.model.clear();
  }

  #openFilter(form: boolean): void {
    const target = this.#front.filter;
    if (target === undefined) this.say('there is nothing to filter here', 'warning');
    else if (form && target.language === 'messages') this.open(filterForm(this, target, this.#history));
    else
      this.open(
        new FilterPrompt(this, target, target.language === 'messages' ? this.#history : new FilterHistory()),
      );
  }

  #openSearch(): void {
    const panel = this.#front;
    this.open(
      new SearchPrompt(this, this.#searched, (text) => {
        this.#searched = text;
        panel.search?.(text, 'forward', false);
      }),
    );
  }

  #show(tab: number): void {
    this.#stack.length = 0;
    this.#tab = tab;
    if (this.progress !== undefined) this.#front.changed?.(this.progress);
  }

  #leave(error?: string): void {
    if (this.#left) return;
    this.#left = true;
    this.#options.leave(error);
  }

  #paint(): void {
    if (this.#terminal === undefined) return;
    this.#frame.paint(this.#terminal, {
      paths: this.#options.paths,
      keymap: this.keymap,
      progress: this.progress,
      tabs: this.#panels.tabs,
      tab: this.#tab,
      stack: this.#stack,
      front: this.#front,
      dialog: this.#dialog,
      said: this.#saidNow(),
      way: this.#way,
    });
  }

  #saidNow(): Said | undefined {
    if (this.#job === undefined) return this.#said;
    const { job, share } = this.#job;
    return {
      text: `${job}: ${Math.floor(share * 100)} %, ${this.keymap.label('back')} stops it`,
      tone: 'note',
    };
  }
}
