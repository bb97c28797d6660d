import { describeMessage } from '../../../schemas/registry.ts';
import { client, device, example, login } from '../example.ts';
import { asks, claims, talk } from '../media-examples.ts';
import { rule } from '../rule.ts';

const SEARCH = /^(?:FILESEARCH|LOGSEARCH|PLAY|NET_SNAP|PHOTO)/;
const ACCOUNTS = /^(?:LOGIN|FULLAUTHORITY|USERS|GROUPS|ADD|MODIFY|DELETE|IP_SET)/;
const TALK = /TALK/;
const UPGRADE = /^UPGRADE/;

/**
 * Codes that speak of one thing, and the messages that are about it. Codes that devices use for much (102, 103, 205,
 * 515; field notes §3.4) are left out, and so are those that say nothing of the matter.
 */
const FAMILIES: ReadonlyMap<number, RegExp> = new Map([
  ...[109, 110, 111, 119].map((code) => [code, SEARCH] as const),
  ...[104, 106, 112, 113, 114, 115, 203, 204, 206, 207].map((code) => [code, ACCOUNTS] as const),
  ...[209, 212, 213, 214, 215, 216, 430].map((code) => [code, ACCOUNTS] as const),
  [118, /^PTZ/],
  ...[503, 504].map((code) => [code, TALK] as const),
  ...[511, 512, 513, 514].map((code) => [code, UPGRADE] as const),
  ...[521, 522, 523].map((code) => [code, /^(?:SYSMANAGER|CONFIG|DEFAULT_CONFIG)/] as const),
]);

export default rule({
  id: 'return-code/fits-message',
  section: '6.1',
  level: 'should',
  inField: 'note',
  requires:
    'A return code that speaks of one thing answers a message about it: 503 a talk, 511 an upgrade, 119 a search.',
  because: 'The client explains the failure by something that the user never asked for.',
  remedy: 'Answer the code of the matter, or 101, 102, 103 or 117 where there is none.',
  breach: 'Ret {ret} does not belong to {name}',
  scope: 'flow',
  observes: {
    message(turn, judge) {
      const { ret, name } = turn;
      if (ret === undefined || turn.asked === undefined) return;
      const definition = describeMessage(turn.dialect, turn.header.messageId, turn.from);
      // What messages from the field are about is not known well enough; a percentage is no code (§5.15.3).
      if (definition?.spec.startsWith('6.2') !== true || definition.body?.progress === true) return;
      const family = FAMILIES.get(ret);
      if (family === undefined || family.test(name)) judge.obeyed();
      else judge.broken(turn, { ret, name });
    },
  },
  examples: () => ({
    obeys: [
      example(
        'a second talk is refused',
        login(),
        claims(0.5, 1, 1434, talk('Claim')),
        asks(1, 1430, talk('Start'), { Ret: 503 }),
      ),
      example('no file is found', login(), asks(1, 1440, undefined, { Ret: 119 })),
    ],
    breaks: [
      example(
        'a keepalive that is refused for a talk',
        login(),
        client(1, 1006),
        device(1.1, 1007, { Ret: 503 }),
      ),
    ],
  }),
});
