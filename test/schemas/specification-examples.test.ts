import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JsonTree, readTolerantly } from '../../dissectors/dvrip/json-tree.ts';
import { parseJsonBody } from '../../dissectors/dvrip/text.ts';
import { BodyChecker } from '../../schemas/body.ts';
import { MESSAGES } from '../../schemas/registry.ts';

interface Example {
  readonly section: string;
  readonly title: string;
  readonly messages: readonly string[];
  readonly slips: Readonly<Record<string, number>>;
  readonly text: string;
}

const { examples } = JSON.parse(
  readFileSync(new URL('specification-examples.json', import.meta.url), 'utf8'),
) as { readonly examples: readonly Example[] };

/** Where the document contradicts itself, so that its own example cannot be right. */
const CONTRADICTIONS: ReadonlyMap<string, { readonly complaint: string; readonly reason: string }> = new Map([
  [
    '5.3.1 General.General CONFIG_SET',
    {
      complaint: 'missing-key /General.General',
      reason:
        'the example names the configuration to set and gives none, as its element ConfigObject asks for',
    },
  ],
]);

function definitionsOf({ messages }: Example) {
  return messages.flatMap((name) => {
    const definitions = MESSAGES.filter((definition) => definition.name === name);
    expect(definitions, name).not.toHaveLength(0);
    return definitions;
  });
}

describe('the examples printed in the specification', () => {
  it('are 78, of 26 with slips', () => {
    expect(examples).toHaveLength(78);
    expect(examples.filter(({ slips }) => Object.keys(slips).length > 0)).toHaveLength(26);
  });

  it.each(examples)('are read with the slips that the document makes: $section $title', ({ text, slips }) => {
    const body = Buffer.from(text);
    const read = parseJsonBody(body, 0, body.length);
    expect(read.kind).toBe('json');
    if (read.kind !== 'json') return;
    const counts: Record<string, number> = {};
    for (const { slip } of read.slips) counts[slip] = (counts[slip] ?? 0) + 1;
    expect(counts).toEqual(slips);
    if (read.slips.length === 0) expect(read.value).toEqual(JSON.parse(text));
  });

  it('are read in full: no member is lost to a slip, and none is made up', () => {
    const members = (section: string, message: string) => {
      const example = examples.find((one) => one.section === section && one.messages.includes(message));
      return readTolerantly(example?.text ?? '')?.value;
    };
    expect(members('5.1.3', 'LOGOUT_REQ')).toEqual({ Name: '', ' SessionID ': '00000001' });
    expect(members('5.3.1', 'CONFIG_SET_RSP')).toEqual({
      'General.General': {},
      Name: 'General.General',
      SessionID: '0x1234',
      Ret: 100,
    });
    expect(members('5.10', 'TIMEQUERY_RSP')).toEqual({
      OPTimeQuery: '2009-09-24 09:20:24',
      Ret: 100,
      SessionID: '0x2',
    });
    expect(members('5.11.1', 'SYSMANAGER_RSP')).toEqual({ Name: '', Ret: 100, SessionID: '0x00000002' });
    expect(members('5.2.2', 'SYSINFO_RSP')).toMatchObject({
      SystemInfo: { AudioInChannel: 4, DeviceRunTime: '0x0000019A' },
    });
    expect(members('4.34.5', 'CONFIG_SET')).toMatchObject({
      'Alarm.AlarmOut': [{ AlarmOutType: 'MANUAL' }, { AlarmOutType: 'AUTO' }],
    });
    expect(members('5.4.1', 'PTZ_REQ')).toMatchObject({ Name: 'PTZControl', SessionID: '0x14' });
  });

  it('have one key twice: the session id of the PTZ request, which is printed at both ends', () => {
    const twice = examples.flatMap(({ section, text }) =>
      new JsonTree(text).duplicateKeys().map(({ path }) => `${section} ${path.join('/')}`),
    );
    expect(twice).toEqual(['5.4.1 SessionID']);
  });

  it.each(examples)('are not wrong by the schema of their messages: $section $title', (example) => {
    const checker = new BodyChecker();
    const value = readTolerantly(example.text)?.value;
    for (const definition of definitionsOf(example)) {
      expect(definition.body, `schema of ${definition.name}`).toBeDefined();
      const wrong = checker
        .check(definition, value)
        .filter(({ level }) => level === 'wrong')
        .map(({ kind, path }) => `${kind} /${path.join('/')}`);
      const named = typeof value === 'object' && value !== null && 'Name' in value ? `${value.Name} ` : '';
      const contradiction = CONTRADICTIONS.get(`${example.section} ${named}${definition.name}`);
      expect(wrong, definition.name).toEqual(contradiction === undefined ? [] : [contradiction.complaint]);
    }
  });

  it('are odd where the document pads a key with blanks', () => {
    const checker = new BodyChecker();
    const [definition] = MESSAGES.filter(({ name }) => name === 'LOGIN_RSP');
    const example = examples.find(({ text }) => text.includes('" ExtraChannel"'));
    if (definition === undefined || example === undefined) throw new Error('no such message or example');
    const complaints = checker.check(definition, readTolerantly(example.text)?.value);
    expect(complaints).toContainEqual(
      expect.objectContaining({ level: 'odd', kind: 'padded-key', path: [' ExtraChannel'] }),
    );
  });
});
