import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dice, LOSSES, objections, packetsOf, type Spoiling, TRAVEL } from './losses.ts';

const CAPTURES = new URL('../../captures/', import.meta.url);
const REAL_CLIENT = new URL('../../../shared/captures/real-clients/python-dvr.pcapng', import.meta.url);

const samples = readdirSync(CAPTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [name, new URL(`${name}/capture.pcapng`, CAPTURES).pathname] as const);

/** What rules object to in the spoiled capture, and not in the whole one; of the gravity given. */
async function falseAlarms(
  path: string,
  spoilings: readonly Spoiling[],
  isGrave: (objection: string) => boolean,
): Promise<readonly string[]> {
  const packets = await packetsOf(path);
  const before = objections(packets);
  const alarms: string[] = [];
  for (const [number, { title, spoil }] of spoilings.entries()) {
    const spoiled = spoil(packets, dice(7919 + number));
    for (const [objection, words] of objections(spoiled)) {
      if (!before.has(objection) && isGrave(objection)) alarms.push(`${title}: ${objection}: ${words}`);
    }
  }
  return alarms;
}

const aboveNote = (objection: string) => !objection.startsWith('note ');

/** A rule that lacks what it needs says so; it never takes a hole in the capture for a fault of the devices. */
describe('where packets are missing from a capture, no rule breaks that the whole of it does not break', () => {
  it.each(samples)('%s', async (_, path) => {
    expect(await falseAlarms(path, LOSSES, aboveNote)).toEqual([]);
  });
});

describe('packets that come twice, or out of order, break nothing', () => {
  const twice = TRAVEL.filter(({ title }) => title.includes('twice'));
  const moved = TRAVEL.filter(({ title }) => !title.includes('twice'));

  it.each(samples)('%s', async (_, path) => {
    expect(await falseAlarms(path, twice, () => true)).toEqual([]);
    expect(await falseAlarms(path, moved, () => true)).toEqual([]);
  });
});

const absent = !existsSync(REAL_CLIENT) && process.env.DVRSCOPE_REQUIRE_TOOLS !== '1';

describe.skipIf(absent)('the same for a client that others have written', () => {
  it('python-dvr', async () => {
    expect(await falseAlarms(REAL_CLIENT.pathname, [...LOSSES, ...TRAVEL], aboveNote)).toEqual([]);
  });
});
