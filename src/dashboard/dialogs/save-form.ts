import type { SaveFormat, SaveRequest, SaveWhat } from '../model/contract.ts';
import type { Host, Subject } from '../panel.ts';
import { confirm } from './confirm.ts';
import { choiceField, Form, textField } from './form.ts';
import { sayOutcome } from './outcome.ts';

const FORMATS: readonly { readonly format: SaveFormat; readonly words: string; readonly ending: string }[] = [
  { format: 'pcapng', words: 'pcapng: the packets as captured', ending: 'pcapng' },
  { format: 'ndjson', words: 'NDJSON: the messages, bodies and all', ending: 'ndjson' },
  { format: 'text', words: 'text: the messages as a table', ending: 'txt' },
];
const LADDER = { format: 'svg', words: 'SVG: the ladder of the session', ending: 'svg' } as const;

/** What is to be saved, in which format, where. */
export function saveForm(host: Host, subject: Subject, name: string): Form {
  const { marked, filtered, current, session } = subject;
  const whats: readonly { readonly words: string; readonly what: SaveWhat }[] = [
    ...(marked === undefined ? [] : [{ words: `the marked ${nounOf(marked)}`, what: marked }]),
    ...(filtered === undefined ? [] : [{ words: 'the messages of this list, as filtered', what: filtered }]),
    ...(current === undefined ? [] : [{ words: `the ${nounOf(current)} under the cursor`, what: current }]),
    { words: 'all that was read', what: { what: 'all' } },
  ];
  const formats = session === undefined ? FORMATS : [...FORMATS, LADDER];
  const what = choiceField(
    'What',
    whats.map(({ words }) => words),
  );
  const format = choiceField(
    'Format',
    formats.map(({ words }) => words),
  );
  const path = textField('File', `${name}-saved.pcapng`);
  let named = false;
  const chosen = () => formats[format.chosen] ?? LADDER;
  const request = (): SaveRequest => ({
    what:
      chosen().format === 'svg' && session !== undefined
        ? { what: 'sessions', numbers: [session] }
        : (whats[what.chosen]?.what ?? { what: 'all' }),
    format: chosen().format,
    path: path.input.text,
  });
  return new Form(host, 'Save', [what, format, path], {
    words: () => {
      if (path.input.text.trim() === '') return { text: 'A file needs a name.', wrong: true };
      if (chosen().format === 'svg')
        return { text: `Draws session ${session ?? ''}, whatever is chosen above.`, wrong: false };
      return {
        text:
          chosen().format === 'pcapng'
            ? 'Packets keep their secrets; the other formats hide them.'
            : 'Passwords and keys are hidden.',
        wrong: false,
      };
    },
    edited: (field) => {
      if (field === path) named = true;
      else if (!named) path.input.set(`${name}-saved.${chosen().ending}`);
    },
    accept: () => {
      if (path.input.text.trim() === '') return;
      host.close();
      save(host, request());
    },
  });
}

function save(host: Host, request: SaveRequest): void {
  host.say(`saving ${request.path}`);
  host.model.save(request).then(
    (outcome) => {
      if (outcome.kind === 'exists') {
        host.open(
          confirm(host, 'Save', `${outcome.path} is there. Replace it?`, () =>
            save(host, { ...request, force: true }),
          ),
        );
      } else sayOutcome(host, outcome);
    },
    () => undefined,
  );
}

function nounOf(what: SaveWhat): string {
  if (what.what === 'all' || what.what === 'view') return 'messages';
  return what.numbers.length === 1 ? what.what.slice(0, -1) : what.what;
}
