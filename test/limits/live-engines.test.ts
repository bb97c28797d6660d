import { describe, expect } from 'vitest';
import { EngineProcess } from '../../src/capture/live/engine-process.ts';
import { interfaceState } from '../../src/capture/live/interface-state.ts';
import { NAME_CHARACTERS } from '../../src/capture/live/limits.ts';
import type { RunLimits } from '../../src/cli/config/run-limits.ts';
import { dvrscope } from '../cli/dvrscope.ts';
import { READY, withEngine } from './fake-engine.ts';
import { reaches, reachesFixed } from './reaching.ts';

/** Seconds: far more than it takes, also where ten others want the processor. */
const PATIENCE = 25;

describe('an engine that is asked to end', () => {
  // Hands over what it holds, but takes its time.
  const script = `process.on('SIGINT', () => setTimeout(() => { process.stdout.write(packet); process.exit(); }, 1500));
    process.stdin.resume();
    setInterval(() => {}, 1000);
    ${READY} process.stdout.write(pcap);`;

  reaches(
    'live.stopSeconds',
    0.2,
    'is ended when it takes longer, and what it held is lost',
    ({ limits }) =>
      withEngine(script, limits, async (fake) => {
        expect(await fake.within(PATIENCE, () => fake.packets === 1)).toBe(true);
        fake.capture.stop();
        expect(await fake.capture.ended).toEqual({ reason: 'stopped', problems: [] });
        expect(fake.packets).toBe(1);
      }),
    30,
  );
});

describe('an engine that dies', () => {
  const atOnce = `${READY} process.exitCode = 3;`;
  const live = (limits: RunLimits, more: Partial<RunLimits['live']>) => ({
    ...limits,
    live: { ...limits.live, ...more },
  });

  reaches(
    'live.firstRetrySeconds',
    60,
    'is started again after so long, and its death is told',
    ({ limits }) =>
      withEngine(atOnce, live(limits, { longestRetrySeconds: 60 }), async (fake) => {
        expect(await fake.within(PATIENCE, () => fake.count('lost') === 1)).toBe(true);
        expect(await fake.within(4, () => fake.count('started') === 2)).toBe(false);
      }),
  );

  reaches('live.longestRetrySeconds', 0.02, 'is never waited for longer', ({ limits }) =>
    withEngine(atOnce, limits, async (fake) => {
      expect(await fake.within(6.5, () => fake.count('started') >= 4)).toBe(true);
    }),
  );

  const afterAWhile = `${READY} setTimeout(() => process.exit(3), 300);`;

  reaches('live.healthySeconds', 0.1, 'having run for so long, is waited for as at first', ({ limits }) =>
    withEngine(afterAWhile, live(limits, { firstRetrySeconds: 0.25 }), async (fake) => {
      expect(await fake.within(PATIENCE, () => fake.count('started') >= 4)).toBe(true);
      const at = (kind: string) =>
        fake.events.filter((event) => event.kind === kind).map((event) => event.at);
      // Half a second, and the time that a process takes to start; doubled each time it were two seconds.
      expect((at('started')[3] ?? 0) - (at('lost')[2] ?? 0)).toBeLessThan(1900);
    }),
  );

  const chatty = `${READY} for (const word of ['one', 'two', 'three']) process.stderr.write('no ' + word + '\\n'); process.exit(1);`;
  const words = (limits: RunLimits, script: string, expected: RegExp) =>
    withEngine(script, limits, async (fake) => {
      expect(await fake.within(PATIENCE, () => fake.count('lost') === 1)).toBe(true);
      const lost = fake.events.find(({ kind }) => kind === 'lost');
      expect(lost?.kind === 'lost' ? lost.problem.message : '').toMatch(expected);
    });

  reaches('live.keptLines', 1, 'is quoted with its last words', ({ limits }) =>
    words(limits, chatty, /\(cap: no three; exit code 1\)/),
  );

  reaches('live.lineCharacters', 17, 'is quoted with the beginning of its line', ({ limits }) =>
    words(
      limits,
      `${READY} process.stderr.write('this is a very long line\\n'); process.exit(1);`,
      /\(cap: this is a very lo; /,
    ),
  );
});

reaches(
  'live.answerSeconds',
  0.05,
  'a tcpdump that does not answer in time leaves its counts as they were',
  async (given) => {
    const script = `process.on('SIGUSR1', () => setTimeout(() => process.stderr.write('7 packets dropped by kernel\\n'), 300));
    process.stdin.resume();
    ${READY}`;
    const { ready, done } = awaited();
    const command = {
      program: process.execPath,
      parameters: ['-e', script],
      ready: /listening/,
      blockSeconds: 0,
      watched: false,
    };
    const child = new EngineProcess('tcpdump', command, done, given.limits.live);
    try {
      await ready;
      await child.ask();
      expect(child.kernelDropped).toBeUndefined();
    } finally {
      child.kill();
      await child.gone();
    }
  },
  30,
);

reachesFixed('live.NAME_CHARACTERS', 'a longer name is no interface, and is refused with its name', () => {
  const name = 'e'.repeat(NAME_CHARACTERS + 1);
  expect(interfaceState(name).link).not.toBe('up');
  const { code, stderr } = dvrscope(['live', '-i', name, '--lines']);
  expect([code === 0, stderr]).toEqual([false, expect.stringContaining(name.slice(0, 20))]);
});

function awaited(): { readonly ready: Promise<void>; readonly done: () => void } {
  let done: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { ready, done };
}
