import { describe, expect, it } from 'vitest';
import {
  client,
  device,
  EXAMPLE_SESSION,
  type Example,
  example,
  login,
  on,
} from '../../src/rules/example.ts';
import { watches } from '../../src/rules/media-examples.ts';
import { brokenRules, runExample, verdictFor } from '../support/run-rules.ts';

/** A login with the first number, and a request with the second. */
function requests(before: number, now: number): Example {
  return example(
    'two requests',
    client(0, 1000, undefined, { sequence: before }),
    device(0.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
    client(1, 1006, undefined, { sequence: now }),
    device(1.1, 1007),
  );
}

function brokenSequence(which: Example): readonly string[] {
  return brokenRules(runExample(which)).filter((rule) => rule.startsWith('sequence/'));
}

describe('the numbers of two requests that follow each other', () => {
  it.each([
    [1, 2, []],
    [5, 5, ['counts-up']],
    [1, 3, ['counts-up']],
    [1, 0, ['wraps-to-zero']],
    [0xffff_fffe, 0xffff_ffff, []],
    [0xffff_ffff, 0, []],
    [0xffff_ffff, 2, ['wraps-to-zero']],
    [0xffff_ffff, 0xffff_ffff, ['wraps-to-zero']],
    [0xffff_fffe, 0, ['counts-up']],
    [0x7fff_ffff, 0x8000_0000, []],
    [1, 0x8000_0000, ['counts-up']],
    [1, 0x8000_0001, ['wraps-to-zero']],
  ] as const)('%i and %i break what they should', (before, now, broken) => {
    expect(brokenSequence(requests(before, now))).toEqual(
      [...broken, 'starts-at-zero'].sort().map((name) => `sequence/${name}`),
    );
  });

  it('are not held against each other where a login stands between them', () => {
    const again = example('two logins', login(), client(1, 1006), device(1.1, 1007), login(2));
    expect(brokenSequence(again)).toEqual([]);
    expect(verdictFor(runExample(again), 'sequence/counts-up')).toBe('pass');
  });
});

describe('the numbers of media', () => {
  const packets = (...numbers: readonly number[]) =>
    example(
      'live view',
      login(),
      watches(1),
      on(1, ...numbers.map((sequence, i) => device(2 + i, 1412, 300, { sequence }))),
    );

  it.each([
    ['go on', [1, 2, 3], []],
    ['begin again with another stream', [1, 2, 0, 1], []],
    ['jump', [1, 3, 4], ['sequence/media-counts-up']],
    ['stand still', [1, 1, 2], ['sequence/media-counts-up']],
    ['change places', [2, 1, 3], ['sequence/media-counts-up']],
  ])('that %s break what they should', (_, numbers, broken) => {
    expect(brokenSequence(packets(...numbers))).toEqual(broken);
  });

  it('of two streams may be counted together', () => {
    const both = example(
      'two channels on one socket',
      login(),
      watches(1),
      on(
        1,
        ...[1, 2, 3, 4].map((sequence) =>
          device(2 + sequence, 1412, 300, { sequence, byte12: sequence % 2 }),
        ),
      ),
    );
    expect(brokenSequence(both)).toEqual([]);
    expect(runExample(both).ledger.tally('sequence/media-counts-up').checked).toBe(3);
  });
});

describe('one wrong number', () => {
  const numbers = (...given: readonly number[]) =>
    example(
      'requests',
      login(),
      ...given.flatMap((sequence, i) => [
        client(1 + i, 1006, undefined, { sequence }),
        device(1.1 + i, 1007),
      ]),
    );

  it.each([
    ['too high', [1, 50, 3, 4], 'sequence/counts-up'],
    ['too low', [1, 2, 0, 4, 5], 'sequence/wraps-to-zero'],
  ])('that is %s is one breach', (_, given, rule) => {
    const run = runExample(numbers(...given));
    expect(brokenRules(run)).toEqual([rule]);
    expect(run.ledger.tally(rule).violations).toBe(1);
  });

  it('in media is one breach', () => {
    const run = runExample(
      example(
        'live view',
        login(),
        watches(1),
        on(1, ...[1, 90, 3, 4].map((sequence, i) => device(2 + i, 1412, 300, { sequence }))),
      ),
    );
    expect(run.ledger.tally('sequence/media-counts-up').violations).toBe(1);
  });
});
