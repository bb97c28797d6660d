import { client, device, example } from '../example.ts';
import { rule } from '../rule.ts';
import { member } from '../turn.ts';

const OBJECT = 'NetWork.NetCommon';
const KEYS = ['HostIP', 'TCPPort'] as const;

export default rule({
  id: 'discovery/reply-has-address',
  section: '5.16.2',
  level: 'must',
  requires: 'A device that answers a search says where it can be reached: HostIP and TCPPort.',
  because:
    'The answer is a broadcast, and its sender may be another network’s address: the body alone counts.',
  remedy: 'Fill in HostIP and TCPPort of NetWork.NetCommon.',
  breach: 'NetWork.NetCommon has no {missing}',
  scope: 'flow',
  hears: ['IPSEARCH_RSP'],
  observes: {
    message(turn, judge) {
      // Without the object the schema objects.
      if (member(turn.body, OBJECT) === undefined) return;
      const missing = KEYS.filter((key) => member(turn.body, OBJECT, key) === undefined);
      if (missing.length === 0) judge.obeyed();
      else judge.broken(turn, { missing: missing.join(', ') }, { path: [OBJECT] });
    },
  },
  examples: () => ({
    obeys: [
      {
        ...example(
          'an address',
          client(0, 1530),
          device(0.1, 1531, { [OBJECT]: { HostIP: '0x7200060A', TCPPort: 34_567 } }),
        ),
        datagrams: true,
      },
    ],
    breaks: [
      {
        ...example('no port', client(0, 1530), device(0.1, 1531, { [OBJECT]: { HostIP: '0x7200060A' } })),
        datagrams: true,
      },
    ],
  }),
});
