import { expect, it } from 'vitest';
import { OBJECTS } from '../../schemas/objects.ts';
import { MESSAGES } from '../../schemas/registry.ts';
import { RETURN_CODES } from '../../schemas/return-codes.ts';
import { PLAIN } from '../../src/report/format/style.ts';
import { explainText } from '../../src/report/text/explain-text.ts';
import { findTopics, nearestTopic } from '../../src/report/topics.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { CODES } from '../../src/rules/catalogue.ts';
import { CODE_MEANINGS } from '../../src/rules/code-meanings.ts';
import { dvrscope, lines } from './dvrscope.ts';

function explained(topic: string): string {
  const { code, stdout, stderr } = dvrscope(['explain', topic]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

/** The JSON below the word «Example». */
function exampleIn(text: string): unknown {
  const [, example = ''] = text.split(/^ {2}Example$/m);
  return JSON.parse(example);
}

it('explains a message by its id', () => {
  const text = explained('1412');
  expect(text).toContain('1412 MONITOR_DATA');
  expect(text).toContain('§6.2.7, live view (C14)');
  expect(text).toContain('a piece of a media stream');
});

it('explains a message by its name in any letter case, and by the name that the specification prints', () => {
  expect(explained('monitor_req')).toMatch(/^1410 MONITOR_REQ\n.*the answer is 1411 MONITOR_RSP/);
  expect(explained('DSIKMANAGER_REQ')).toContain('1460 DISKMANAGER_REQ');
});

it('explains an id that means other messages in the two dialects once for each', () => {
  const text = explained('1000');
  expect(text).toContain('1000 LOGIN_REQ  in the field dialect');
  expect(text).toContain('1000 LOGIN_RSP  in the spec dialect');
  expect(text).toMatch(/EncryptType +text +yes/);
  expect(text).toContain('"PassWord": "‹redacted›"');
});

it('explains an object with its fields and an example that is JSON', () => {
  const text = explained('opmonitor');
  expect(text).toMatch(/Parameter\.StreamType +text +yes/);
  expect(exampleIn(text)).toMatchObject({ Name: 'OPMonitor', OPMonitor: { Action: 'Claim' } });
});

it('shows the members of a list once, though devices also give one object', () => {
  const text = explained('NetWork.NetFTP');
  expect(text).toMatch(/\[\]\.Server\.Password +secret text/);
  expect(text).not.toMatch(/^ {2}Server\.Password/m);
});

it('explains an element, a branch and an ability of one channel by what they belong to', () => {
  expect(explained('Record.[0]')).toMatch(/^Record /);
  expect(explained('general')).toContain('General.AutoMaintain');
  expect(explained('ChannelSystemFunction@SmartH264')).toMatch(/^ChannelSystemFunction /);
});

it('explains return codes by number and by name', () => {
  expect(explained('205')).toContain('Ret 205: USER_LOCKED');
  expect(explained('user_locked')).toContain('用户被锁定');
  expect(dvrscope(['explain', '--', '-1']).stdout).toContain('Ret -1: MINUS_ONE');
});

it('explains findings, and has words for every one', () => {
  expect(explained('Framing/Skipped-Bytes')).toMatch(/^framing\/skipped-bytes {2}warning\n/);
  const rules = ALL_RULES.flatMap(({ kind, rule }) => (kind === 'finding' ? [rule.id] : []));
  // Each is somebody's fault, of which a rule speaks, or the capture's.
  expect([...rules, ...Object.keys(CODE_MEANINGS)].sort()).toEqual([...CODES].sort());
});

it('says of an id that devices answer but nobody can name that it is such', () => {
  expect(explained('1009')).toContain('an id without a name');
});

it.each([
  ['OPMonitr', "did you mean 'OPMonitor'?"],
  ['MONITOR_DTA', "did you mean 'MONITOR_DATA'?"],
  ['framing/skiped-bytes', "did you mean 'framing/skipped-bytes'?"],
  ['4711', 'topics are ids and names'],
  ['\u001b[31mx', 'topics are ids and names'],
  ['x'.repeat(5000), 'topics are ids and names'],
])('an unknown topic, %j, gets one line with a suggestion and exit code 2', (topic, words) => {
  const { code, stdout, stderr } = dvrscope(['explain', topic]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(lines(stderr)).toHaveLength(1);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('\u001b');
  expect(stderr.length).toBeLessThan(250);
});

it('without a topic it says what it needs', () => {
  const { code, stderr } = dvrscope(['explain']);
  expect(code).toBe(2);
  expect(stderr).toContain('explain needs a topic');
});

it('finds and words every message, object, return code and finding there is', () => {
  const words = [
    ...MESSAGES.flatMap(({ id, name }) => [String(id), name]),
    ...OBJECTS.map(({ name }) => name),
    ...RETURN_CODES.flatMap(({ code, name }) => [String(code), name]),
    ...CODES,
  ];
  for (const word of new Set(words)) {
    const topics = findTopics(word);
    expect(topics.length, word).toBeGreaterThan(0);
    for (const topic of topics) expect(explainText(topic, PLAIN).length, word).toBeGreaterThan(1);
  }
});

it('suggests nothing for what looks like no topic', () => {
  expect(nearestTopic('qqqqqqqqqqqqqqqq')).toBeUndefined();
});
