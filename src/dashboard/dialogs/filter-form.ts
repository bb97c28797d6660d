import type { FilterTarget, Host } from '../panel.ts';
import type { FilterHistory } from './filter-history.ts';
import { choiceField, Form, textField, tickField } from './form.ts';

/** Groups of message ids, by the chapters of the specification (§6.2). */
const GROUPS: readonly { readonly words: string; readonly ids: string }[] = [
  { words: 'login and keepalive', ids: '999..1006' },
  { words: 'configuration and abilities', ids: '1020..1053 1360..1361' },
  { words: 'live view', ids: '1410..1414' },
  { words: 'playback, download, search', ids: '1420..1426 1440..1445' },
  { words: 'talk', ids: '1430..1435' },
  { words: 'PTZ and serial lines', ids: '1400..1401 1570..1583' },
  { words: 'users and system', ids: '1450..1488' },
  { words: 'alarms', ids: '1500..1508' },
  { words: 'upgrade', ids: '1520..1526' },
];

const RETURNS = ['any', 'success', 'refused or failed'];
/** Return codes that say that it worked (§ return codes: OK, all or part found, restart needed, upgrade begun or done). */
const SUCCESS = '{100, 110..111, 150, 511, 515}';

/** A filter for those who do not know its language; the expression that it makes is shown, to be learned from. */
export function filterForm(host: Host, target: FilterTarget, history: FilterHistory): Form {
  const address = textField('Address');
  const session = textField('Session number');
  const name = textField('Name contains');
  const body = textField('Body contains');
  const sender = choiceField('Sent by', ['anyone', 'client', 'device']);
  const ret = choiceField('Return code', RETURNS);
  const faulty = tickField('only with errors or warnings');
  const control = tickField('without media data');
  const groups = GROUPS.map(({ words }) => tickField(words));
  const expression = () => {
    const tests: string[] = [];
    const text = (field: { input: { text: string } }) => field.input.text.trim();
    if (text(address) !== '') {
      const family = text(address).includes(':') ? 'ipv6' : 'ip';
      tests.push(`${family}.addr == ${text(address)}`);
    }
    if (text(session) !== '') tests.push(`dvrip.session_number == ${text(session)}`);
    if (text(name) !== '') tests.push(`dvrip.name contains ${quote(text(name).toUpperCase())}`);
    if (text(body) !== '') tests.push(`dvrip.body contains ${quote(text(body))}`);
    if (sender.chosen > 0) tests.push(`dvrip.from == "${sender.options[sender.chosen]}"`);
    if (ret.chosen === 1) tests.push(`dvrip.ret in ${SUCCESS}`);
    if (ret.chosen === 2) tests.push(`dvrip.ret and not dvrip.ret in ${SUCCESS}`);
    if (faulty.on) tests.push('dvrip.severity in {"error", "warning"}');
    if (control.on) tests.push('not dvrip.media');
    const ids = GROUPS.flatMap((group, i) => (groups[i]?.on === true ? group.ids.split(' ') : []));
    if (ids.length > 0) tests.push(`dvrip.msgid in {${ids.join(', ')}}`);
    return tests.join(' and ');
  };
  let wrong: string | undefined;
  return new Form(host, 'Filter', [address, session, name, body, sender, ret, faulty, control, ...groups], {
    words: () =>
      wrong === undefined
        ? { text: expression() === '' ? 'Nothing is filtered.' : expression(), wrong: false }
        : { text: wrong, wrong: true },
    edited: () => {
      wrong = undefined;
    },
    accept: () => {
      const filter = expression();
      const apply = () => {
        history.add(filter);
        host.close();
        target.apply(filter);
      };
      if (filter === '') {
        apply();
        return;
      }
      host.model.checkFilter(filter).then(
        (check) => {
          if (check.kind === 'filter') apply();
          else {
            wrong = check.message;
            host.repaint();
          }
        },
        () => undefined,
      );
    },
  });
}

/** A string of the filter language. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
