import { isSecretKey } from '../../../schemas/secret-keys.ts';
import { client, device, example, login } from '../example.ts';
import { rule } from '../rule.ts';

/** More than any configuration object has; the rest of a body is not looked at. */
const MOST_VALUES = 20_000;

type Path = readonly (string | number)[];

/** The first non-empty secret in a value, by its path. */
function findSecret(root: unknown): Path | undefined {
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: root, path: [] }];
  for (let seen = 0; seen < MOST_VALUES; seen += 1) {
    const next = open.pop();
    if (next === undefined) return undefined;
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (typeof inner === 'string' && inner !== '' && isSecretKey(key)) return at;
      if (typeof inner === 'object') open.push({ value: inner, path: at });
    }
  }
  return undefined;
}

export default rule({
  id: 'security/credentials-in-configuration',
  section: 'field 9',
  level: 'should',
  requires: 'Replies about the configuration hold no passwords or keys.',
  because: 'Mail, FTP, DDNS and Wi-Fi passwords can be read on the way, and by every account that may ask.',
  remedy: 'Give the device accounts of its own for these services, that open nothing else.',
  breach: 'the reply holds a secret: {key}',
  scope: 'flow',
  hears: ['CONFIG_GET_RSP', 'DEFAULT_CONFIG_GET_RSP', 'CONFIG_SET'],
  observes: {
    message(turn, judge) {
      if (!turn.readable) {
        judge.unsure('unreadable');
        return;
      }
      const path = findSecret(turn.body);
      if (path === undefined) judge.obeyed();
      else judge.broken(turn, { key: String(path.at(-1) ?? '') }, { path });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'a server without an account',
        login(),
        client(1, 1042, { Name: 'NetWork.NetDHCP' }),
        device(1.1, 1043, {
          Name: 'NetWork.NetDHCP',
          'NetWork.NetDHCP': [{ Enable: false, Interface: 'eth0' }],
        }),
      ),
    ],
    breaks: [
      example(
        'the password of an FTP account',
        login(),
        client(1, 1042, { Name: 'NetWork.NetFTP' }),
        device(1.1, 1043, {
          Name: 'NetWork.NetFTP',
          'NetWork.NetFTP': {
            Directory: 'cam',
            Enable: true,
            MaxFileLen: 1,
            Server: {
              Address: '0x0A01A8C0',
              Anonymity: false,
              Name: 'ftp',
              Password: 'letmein',
              Port: 21,
              UserName: 'cam',
            },
          },
        }),
      ),
    ],
  }),
});
