import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HarnessOptions, Session, sample } from './screen-harness.ts';

let session: Session | undefined;
let folder = '';

async function open(name: string, options: HarnessOptions = {}): Promise<Session> {
  session = await Session.open([sample(name)], options);
  return session;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dvrscope-test-'));
});

afterEach(async () => {
  await session?.close();
  session = undefined;
  rmSync(folder, { recursive: true });
});

describe('the filter of messages', () => {
  it('completes fields and values, says errors while one types, and filters', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4', 'f');
    await dashboard.sees('Filter (as messages -Y):');
    await dashboard.type('dvrip.msg');
    await dashboard.sees("unknown field 'dvrip.msg' at column 1", 'dvrip.msgid', 'its name may stand for it');
    await dashboard.press('Tab');
    await dashboard.type(' == KEEPALIVE_');
    await dashboard.sees('KEEPALIVE_REQ', 'KEEPALIVE_RSP');
    await dashboard.press('Tab', 'Tab');
    await dashboard.sees('Filter (as messages -Y): dvrip.msgid == KEEPALIVE_RSP');
    await dashboard.press('Enter');
    await dashboard.sees('1 of 1', 'filter: dvrip.msgid == KEEPALIVE_RSP', '0.5 ms');
    await dashboard.press('Esc');
    await dashboard.sees(/\d+ of 21/);
  });

  it('does not take an expression that is wrong', async () => {
    const dashboard = await open('alarms');
    await dashboard.press('4', 'F7');
    await dashboard.type('dvrip.ret >');
    await dashboard.press('Enter');
    await dashboard.sees('Filter (as messages -Y): dvrip.ret >', /at column 12/);
    await dashboard.press('Esc');
    await dashboard.until((screen) => !screen.includes('Filter (as'), 'the prompt to be closed');
  });

  it('remembers what was used', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4', 'f');
    await dashboard.type('dvrip.media');
    await dashboard.press('Enter');
    await dashboard.sees('1 of 1', 'filter: dvrip.media');
    await dashboard.press('Esc', 'f');
    await dashboard.type('dvrip.in');
    await dashboard.press('Up');
    await dashboard.sees('Filter (as messages -Y): dvrip.media');
    await dashboard.press('Down');
    await dashboard.sees('Filter (as messages -Y): dvrip.in');
  });

  it('is made by a form too, which shows the expression', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4', 'F8');
    await dashboard.sees('Nothing is filtered.');
    await dashboard.press('Down', 'Down');
    await dashboard.type('claim');
    await dashboard.sees('dvrip.name contains "CLAIM"');
    await dashboard.press('Tab', 'Tab', 'Right', 'Right');
    await dashboard.sees('and dvrip.from == "device"');
    await dashboard.press('Enter');
    await dashboard.sees('1 of 1', 'MONITOR_CLAIM_RSP');
  });

  it('of the form is checked as well', async () => {
    const dashboard = await open('alarms');
    await dashboard.press('4', 'F');
    await dashboard.type('nowhere');
    await dashboard.press('Enter');
    await dashboard.sees('Filter', 'column');
    await dashboard.press('Esc');
  });
});

it('other lists are filtered by words', async () => {
  const dashboard = await open('two-clients');
  await dashboard.sees('1 of');
  await dashboard.press('2', 'f');
  await dashboard.sees('Filter (words');
  await dashboard.type('MEDIA');
  await dashboard.press('Enter');
  await dashboard.sees('filter: MEDIA');
  await dashboard.until((screen) => !/control +closed/.test(screen), 'flows of control to be gone');
});

it('a search goes from match to match and round the end', async () => {
  const dashboard = await open('configuration-get-set');
  await dashboard.press('4', '/');
  await dashboard.type('607');
  await dashboard.press('Enter');
  await dashboard.sees('18 of 36');
  await dashboard.press('/', 'C-u');
  await dashboard.type('LOGIN_RSP');
  await dashboard.press('Enter');
  await dashboard.sees('32 of 36');
  await dashboard.press('n');
  await dashboard.sees('2 of 36');
  await dashboard.press('N');
  await dashboard.sees('32 of 36');
  await dashboard.press('/', 'C-u');
  await dashboard.type('nothing of the kind');
  await dashboard.press('Enter');
  await dashboard.sees("'nothing of the kind' was not found");
});

describe('saving', () => {
  it('writes what is chosen, in the format that is chosen, and says so', async () => {
    const dashboard = await open('monitor-two-sockets');
    await dashboard.press('4', 's');
    await dashboard.sees('Save', 'the messages of this list, as filtered', 'pcapng: the packets as captured');
    await dashboard.press('Tab', 'Right');
    await dashboard.sees('NDJSON', 'capture-saved.ndjson', 'Passwords and keys are hidden.');
    await dashboard.press('Tab', 'C-u');
    const path = join(folder, 'some.ndjson');
    await dashboard.type(path);
    await dashboard.press('Enter');
    await dashboard.sees('saved', 'some.ndjson');
    const records = readFileSync(path, 'utf8').trim().split('\n');
    expect(JSON.parse(records[0] ?? '')).toMatchObject({ schema: 'dvrscope.message/1', name: 'LOGIN_REQ' });
  });

  it('asks before it replaces a file', async () => {
    const dashboard = await open('alarms');
    const path = join(folder, 'a.txt');
    for (const answer of [undefined, 'no', 'yes'] as const) {
      await dashboard.press('4', 's', 'Tab', 'Right', 'Right', 'Tab', 'C-u');
      await dashboard.type(path);
      await dashboard.press('Enter');
      if (answer === undefined) {
        await dashboard.sees('saved');
        continue;
      }
      await dashboard.sees('is there. Replace it?');
      if (answer === 'yes') await dashboard.press('Right');
      await dashboard.press('Enter');
      if (answer === 'yes') await dashboard.sees('saved');
      else await dashboard.until((screen) => !screen.includes('Replace it?'), 'the question to be gone');
    }
    expect(readFileSync(path, 'utf8')).toContain('LOGIN_REQ');
  });

  it('draws the ladder of the session as SVG', async () => {
    const dashboard = await open('alarms');
    await dashboard.sees('logged');
    await dashboard.press('s', 'Tab', 'Left');
    await dashboard.sees('SVG: the ladder', 'Draws session 1');
    await dashboard.press('Tab', 'C-u');
    const path = join(folder, 'ladder.svg');
    await dashboard.type(path);
    await dashboard.press('Enter');
    await dashboard.sees('saved');
    expect(readFileSync(path, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  });

  it('says why it could not', async () => {
    const dashboard = await open('alarms');
    await dashboard.press('4', 's', 'Tab', 'Tab', 'C-u');
    await dashboard.sees('A file needs a name.');
    await dashboard.type(join(folder, 'no', 'such', 'folder.pcapng'));
    await dashboard.press('Enter');
    await dashboard.sees(/cannot|not found|no such/i);
  });
});

it('extracts the stream under the cursor; from a session one is led to its streams', async () => {
  const dashboard = await open('monitor-two-sockets');
  await dashboard.sees('admin');
  await dashboard.press('Enter', 'e');
  await dashboard.sees('Streams of session 1', 'h264');
  await dashboard.press('e');
  await dashboard.sees('Extract stream 1', 'capture-stream-1');
  await dashboard.press('C-u');
  await dashboard.type(join(folder, 'out'));
  await dashboard.press('Enter');
  await dashboard.sees('saved');
  expect(existsSync(join(folder, 'out', 'manifest.json'))).toBe(true);
});
