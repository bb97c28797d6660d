/** Where a key works: everywhere, in a panel or dialog, or in all of a kind (`list`: those with rows; `panel`: no dialog). */
export type Context =
  | 'panel'
  | 'list'
  | 'sessions'
  | 'flows'
  | 'findings'
  | 'messages'
  | 'streams'
  | 'stream'
  | 'session'
  | 'message'
  | 'compare'
  | 'help'
  | 'prompt'
  | 'form';

export interface ActionEntry {
  readonly id: string;
  /** Keys as `key-names.ts` spells them; the first is the one that help and footer show. */
  readonly keys: readonly string[];
  readonly contexts: readonly Context[];
  readonly help: string;
  /** One word for the footer; actions without one are left to the help screen. */
  readonly footer?: string;
}

/** Every action of the dashboard, in the order of help and footer. Nothing else knows a key. */
export const ACTIONS = [
  {
    id: 'open',
    keys: ['enter'],
    contexts: ['list', 'session', 'message', 'stream', 'compare'],
    help: 'open what the cursor is on',
    footer: 'Open',
  },
  {
    id: 'stop',
    keys: ['escape'],
    contexts: ['panel'],
    help: 'back; else take the filter away, or stop the reading; never leaves',
    footer: 'Back',
  },
  { id: 'back', keys: ['q'], contexts: ['panel'], help: 'back; on the first screen leave', footer: 'Quit' },
  {
    id: 'next-tab',
    keys: ['tab'],
    contexts: ['list', 'session', 'message'],
    help: 'next list, or next part of a view',
    footer: 'Next',
  },
  {
    id: 'previous-tab',
    keys: ['S-tab'],
    contexts: ['list', 'session', 'message'],
    help: 'previous list, or previous part of a view',
  },
  {
    id: 'filter',
    keys: ['f', 'f7'],
    contexts: ['list', 'session'],
    help: 'filter messages, in the language of messages -Y',
    footer: 'Filter',
  },
  {
    id: 'filter-form',
    keys: ['F', 'f8'],
    contexts: ['messages', 'session', 'prompt'],
    help: 'filter by filling in a form',
    footer: 'Form',
  },
  {
    id: 'search',
    keys: ['/', 'f3'],
    contexts: ['list', 'session', 'message', 'compare', 'help'],
    help: 'search the text of rows or lines',
    footer: 'Search',
  },
  {
    id: 'next-match',
    keys: ['n'],
    contexts: ['list', 'session', 'message', 'compare', 'help'],
    help: 'next match',
  },
  {
    id: 'previous-match',
    keys: ['N'],
    contexts: ['list', 'session', 'message', 'compare', 'help'],
    help: 'previous match',
  },
  {
    id: 'mark',
    keys: ['space'],
    contexts: ['sessions', 'flows', 'messages', 'session'],
    help: 'mark or unmark the row',
    footer: 'Mark',
  },
  {
    id: 'unmark-all',
    keys: ['u'],
    contexts: ['sessions', 'flows', 'messages', 'session'],
    help: 'unmark all rows',
  },
  {
    id: 'compare',
    keys: ['c', 'f4'],
    contexts: ['sessions', 'messages', 'session'],
    help: 'compare two marked messages, or two marked sessions',
    footer: 'Compare',
  },
  {
    id: 'save',
    keys: ['s', 'f2'],
    contexts: ['list', 'session', 'message', 'stream'],
    help: 'save packets, messages or a ladder',
    footer: 'Save',
  },
  {
    id: 'extract',
    keys: ['e'],
    contexts: ['streams', 'stream', 'sessions', 'session'],
    help: 'extract video and sound',
    footer: 'Extract',
  },
  {
    id: 'findings',
    keys: ['i'],
    contexts: ['sessions', 'session'],
    help: 'the findings of the session',
    footer: 'Findings',
  },
  {
    id: 'messages',
    keys: ['v'],
    contexts: ['sessions', 'session'],
    help: 'the messages of the session as a list',
  },
  {
    id: 'kinds',
    keys: ['m', 'f9'],
    contexts: ['messages', 'session'],
    help: 'choose kinds of messages to hide',
    footer: 'Kinds',
  },
  {
    id: 'fold',
    keys: ['x'],
    contexts: ['messages', 'session', 'findings'],
    help: 'fold runs of messages, or show each; findings by rule, or each',
    footer: 'Fold',
  },
  {
    id: 'hex',
    keys: ['r', 'f6'],
    contexts: ['message', 'session'],
    help: 'fields and JSON, or hex',
    footer: 'Hex',
  },
  {
    id: 'time',
    keys: ['w'],
    contexts: ['messages', 'session'],
    help: 'time of day, since the start, since the row above',
  },
  { id: 'sort-right', keys: ['>'], contexts: ['list'], help: 'sort by the next column' },
  { id: 'sort-left', keys: ['<'], contexts: ['list'], help: 'sort by the previous column' },
  { id: 'sort-reverse', keys: ['z'], contexts: ['list'], help: 'reverse the order', footer: 'Reverse' },
  {
    id: 'pause',
    keys: ['p'],
    contexts: ['panel'],
    help: 'let the reading wait, or go on',
  },
  {
    id: 'clear',
    keys: ['f5'],
    contexts: ['panel'],
    help: 'forget messages and findings so far, while packets come in',
  },
  {
    id: 'follow',
    keys: ['A'],
    contexts: ['list', 'session'],
    help: 'stay on the newest row while packets come in',
  },
  { id: 'up', keys: ['up', 'k'], contexts: ['panel'], help: 'up' },
  { id: 'down', keys: ['down', 'j'], contexts: ['panel'], help: 'down' },
  { id: 'left', keys: ['left', 'h'], contexts: ['panel'], help: 'left: scroll, or fold a part of the JSON' },
  {
    id: 'right',
    keys: ['right', 'l'],
    contexts: ['panel'],
    help: 'right: scroll, or unfold a part of the JSON',
  },
  { id: 'page-up', keys: ['pageup', 'C-b'], contexts: ['panel'], help: 'one page up' },
  { id: 'page-down', keys: ['pagedown', 'C-f'], contexts: ['panel'], help: 'one page down' },
  { id: 'half-up', keys: ['C-u'], contexts: ['panel'], help: 'half a page up' },
  { id: 'half-down', keys: ['C-d'], contexts: ['panel'], help: 'half a page down' },
  { id: 'top', keys: ['g', 'home'], contexts: ['panel'], help: 'to the first row' },
  { id: 'bottom', keys: ['G', 'end'], contexts: ['panel'], help: 'to the last row' },
  { id: 'show-sessions', keys: ['1'], contexts: ['panel'], help: 'sessions' },
  { id: 'show-flows', keys: ['2'], contexts: ['panel'], help: 'flows' },
  { id: 'show-findings', keys: ['3'], contexts: ['panel'], help: 'findings' },
  { id: 'show-messages', keys: ['4'], contexts: ['panel'], help: 'messages' },
  { id: 'show-streams', keys: ['5'], contexts: ['panel'], help: 'streams' },
  { id: 'redraw', keys: ['C-l'], contexts: ['panel', 'prompt', 'form'], help: 'paint the screen again' },
  {
    id: 'suspend',
    keys: ['C-z'],
    contexts: ['panel', 'prompt', 'form'],
    help: 'to the shell; fg comes back',
  },
  { id: 'help', keys: ['?', 'f1'], contexts: ['panel'], help: 'this help', footer: 'Help' },
  { id: 'quit', keys: ['C-c', 'f10'], contexts: ['panel', 'prompt', 'form'], help: 'leave' },
  { id: 'accept', keys: ['enter'], contexts: ['prompt', 'form'], help: 'do it', footer: 'OK' },
  {
    id: 'cancel',
    keys: ['escape'],
    contexts: ['prompt', 'form'],
    help: 'close without doing anything',
    footer: 'Cancel',
  },
  {
    id: 'complete',
    keys: ['tab'],
    contexts: ['prompt'],
    help: 'complete the field or value',
    footer: 'Complete',
  },
  { id: 'history-back', keys: ['up'], contexts: ['prompt'], help: 'the filter before', footer: 'Older' },
  { id: 'history-forward', keys: ['down'], contexts: ['prompt'], help: 'the filter after' },
  { id: 'next-field', keys: ['tab', 'down'], contexts: ['form'], help: 'next field', footer: 'Next' },
  { id: 'previous-field', keys: ['S-tab', 'up'], contexts: ['form'], help: 'previous field' },
  { id: 'choose-right', keys: ['right'], contexts: ['form'], help: 'next choice', footer: 'Choose' },
  { id: 'choose-left', keys: ['left'], contexts: ['form'], help: 'previous choice' },
  { id: 'toggle', keys: ['space'], contexts: ['form'], help: 'tick or untick', footer: 'Tick' },
] as const satisfies readonly ActionEntry[];

export type Action = (typeof ACTIONS)[number]['id'];

/** Names of all actions, as a configuration file writes them. */
export const ACTION_IDS: readonly Action[] = ACTIONS.map(({ id }) => id);

/** The user's own keys: for an action those that replace its own. */
export type KeyBindings = { readonly [action in Action]?: readonly string[] | undefined };

const ENTRIES: readonly (ActionEntry & { readonly id: Action })[] = ACTIONS;

/** Panels that show rows of a list. */
const LISTS: readonly Context[] = ['sessions', 'flows', 'findings', 'messages', 'streams'];
const PANELS: readonly Context[] = [...LISTS, 'stream', 'session', 'message', 'compare', 'help'];

function reaches(entry: ActionEntry, context: Context): boolean {
  return (
    entry.contexts.includes(context) ||
    (entry.contexts.includes('list') && LISTS.includes(context)) ||
    (entry.contexts.includes('panel') && PANELS.includes(context))
  );
}

/** What the keys do, with the user's own put in. */
export class Keymap {
  readonly entries: readonly (ActionEntry & { readonly id: Action })[];

  /** A key that the user gives to an action is taken from the others of the same place. */
  constructor(own: KeyBindings = {}) {
    this.entries = ENTRIES.map((entry) => {
      const keys = own[entry.id];
      if (keys !== undefined) return { ...entry, keys };
      const taken = ENTRIES.flatMap((other) =>
        PANELS.concat('prompt', 'form').some((context) => reaches(other, context) && reaches(entry, context))
          ? (own[other.id] ?? [])
          : [],
      );
      return { ...entry, keys: entry.keys.filter((key) => !taken.includes(key)) };
    });
  }

  action(context: Context, key: string): Action | undefined {
    return this.entries.find((entry) => reaches(entry, context) && entry.keys.includes(key))?.id;
  }

  /** What works in this place, in the order of the table. What types something is no key where one types. */
  of(context: Context): readonly (ActionEntry & { readonly id: Action })[] {
    return this.entries
      .filter((entry) => reaches(entry, context))
      .map((entry) => ({
        ...entry,
        keys: entry.keys.filter((key) => context !== 'prompt' || key.length > 1),
      }))
      .filter(({ keys }) => keys.length > 0);
  }

  /** The first key of an action, as people write it; empty where it has none. */
  label(action: Action): string {
    const [first] = this.entries.find(({ id }) => id === action)?.keys ?? [];
    return first === undefined ? '' : keyLabel(first);
  }
}

const LABELS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  insert: 'Ins',
  delete: 'Del',
  backspace: 'Backspace',
};

/** `C-f` as `Ctrl-F`, `f5` as `F5`. */
export function keyLabel(key: string): string {
  const match = /^((?:[CMS]-)*)(.+)$/.exec(key);
  const [, prefix = '', name = key] = match ?? [];
  const words = prefix.replaceAll('C-', 'Ctrl-').replaceAll('M-', 'Alt-').replaceAll('S-', 'Shift-');
  if (/^f\d+$/.test(name)) return `${words}${name.toUpperCase()}`;
  return `${words}${LABELS[name] ?? (prefix === '' ? name : name.toUpperCase())}`;
}
