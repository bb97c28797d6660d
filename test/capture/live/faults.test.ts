import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineName, LiveOptions } from '../../../src/capture/live/engine.ts';
import { isMissing, sample } from '../../cli/dvrscope.ts';
import { ethernet, ipv4, udp } from '../../dissectors/frames.ts';
import {
  engineProcesses,
  hasNoNamespaces,
  ip,
  openPair,
  quiet,
  sendAcross,
  sendFrames,
} from '../../support/netns.ts';
import { readAll } from '../collect.ts';
import { BuiltPlaces, liveOptions, Watch } from './watching.ts';

const impossible = hasNoNamespaces() || isMissing('dumpcap') || isMissing('tcpdump') || isMissing('perl');

function frames(count: number, bytes = 100): Buffer[] {
  return Array.from({ length: count }, () =>
    ethernet(0x0800, ipv4(udp(Buffer.alloc(bytes)), { protocol: 17 })),
  );
}

const ENGINES: readonly EngineName[] = ['dumpcap', 'tcpdump', 'cap'];

/** A pair of interfaces, and one watch or two on it, all of which end with the test. */
class Stand {
  readonly pair = openPair();
  readonly #places: BuiltPlaces;
  readonly #watches: Watch[] = [];

  constructor(places: BuiltPlaces) {
    this.#places = places;
  }

  get mirror(): string {
    return this.pair.mirror;
  }

  send(packets: readonly Buffer[]): void {
    sendFrames(this.pair.sender, packets);
  }

  begin(engine: EngineName, more: Partial<LiveOptions> = {}, interfaces = [this.mirror]): Watch {
    const watch = new Watch(engine, liveOptions(interfaces, more), this.#places);
    this.#watches.push(watch);
    return watch;
  }

  async watch(engine: EngineName, more: Partial<LiveOptions> = {}): Promise<Watch> {
    const watch = this.begin(engine, more);
    await watch.started();
    return watch;
  }

  async close(): Promise<void> {
    for (const { capture } of this.#watches) {
      capture.kill();
      await capture.ended;
    }
    this.pair.close();
  }
}

// Most of the time is spent waiting, for engines and for the kernel's blocks.
describe.skipIf(impossible).concurrent('when something fails', () => {
  let places: BuiltPlaces;
  beforeAll(async () => {
    places = await BuiltPlaces.build();
  });
  afterAll(() => places?.remove());

  async function on(test: (stand: Stand) => Promise<void>): Promise<void> {
    const stand = new Stand(places);
    try {
      await test(stand);
    } finally {
      await stand.close();
    }
  }

  it.each(ENGINES)(
    'an engine (%s) that is killed is said, and started again; nothing before is lost',
    (engine) =>
      on(async (stand) => {
        const watch = await stand.watch(engine);
        stand.send(frames(3));
        await watch.until('three packets', () => watch.packets === 3);
        for (const child of engineProcesses(stand.mirror)) process.kill(child, 'SIGKILL');
        await watch.started(2);
        stand.send(frames(2));
        await watch.until('five packets', () => watch.packets === 5);
        expect(await watch.stop()).toEqual({ reason: 'stopped', problems: [] });
        expect(watch.events.map(({ kind }) => kind)).toEqual(['started', 'lost', 'started']);
        expect(watch.events[1]).toMatchObject({
          interface: stand.mirror,
          problem: { code: 'engine-died', message: expect.stringContaining('ended by SIGKILL') },
        });
        expect(await watch.capture.statistics()).toMatchObject({ received: 5, restarts: 1 });
      }),
  );

  it.each<EngineName>(['dumpcap', 'tcpdump'])(
    'an interface that goes down is said, and taken up again (%s)',
    (engine) =>
      on(async (stand) => {
        const watch = await stand.watch(engine);
        stand.send(frames(3));
        ip('link', 'set', stand.mirror, 'down');
        await watch.until('lost', () => watch.events.length === 2);
        ip('link', 'set', stand.mirror, 'up');
        await watch.started(2);
        stand.send(frames(2));
        expect(await watch.stop()).toEqual({ reason: 'stopped', problems: [] });
        expect(watch.packets).toBe(5);
        expect(watch.events).toMatchObject([
          { kind: 'started', again: false },
          { kind: 'lost', problem: { code: 'interface-down' } },
          { kind: 'started', again: true },
        ]);
      }),
  );

  it.each(ENGINES)('an interface that is pulled out is waited for (%s)', (engine) =>
    on(async (stand) => {
      const watch = await stand.watch(engine);
      stand.send(frames(3));
      await watch.until('three packets', () => watch.packets === 3);
      stand.pair.close();
      await watch.until('lost', () => watch.events.some(({ kind }) => kind === 'lost'));
      ip('link', 'add', stand.pair.sender, 'type', 'veth', 'peer', 'name', stand.mirror);
      quiet(stand.pair.sender);
      quiet(stand.mirror);
      await watch.started(2);
      stand.send(frames(2));
      expect(await watch.stop()).toEqual({ reason: 'stopped', problems: [] });
      expect(watch.packets).toBe(5);
      expect(watch.events.map(({ kind }) => kind)).toEqual(['started', 'lost', 'started']);
      expect(watch.events[1]).toMatchObject({ problem: { interface: stand.mirror } });
    }),
  );

  it.each(ENGINES)('an interface that never was is an error at once (%s)', (engine) =>
    on(async (stand) => {
      const watch = stand.begin(engine, {}, ['dvnone0']);
      const end = await watch.end();
      expect(end.reason).toBe('failed');
      expect(end.problems).toMatchObject([{ code: 'no-such-interface', interface: 'dvnone0', engine }]);
      expect(watch.events).toEqual([{ kind: 'given-up', interface: 'dvnone0', problem: end.problems[0] }]);
    }),
  );

  it.each(ENGINES)('a filter that is none is an error in the words of %s, and never an option', (engine) =>
    on(async (stand) => {
      const watch = stand.begin(engine, { filter: '-w /tmp/never-written' });
      const end = await watch.end();
      expect(end.problems).toMatchObject([
        { code: 'bad-filter', message: expect.stringMatching(/syntax error/) },
      ]);
    }),
  );

  it.each(['tcpdump', 'dumpcap'] as const)('what the kernel drops is counted (%s)', (engine) =>
    on(async (stand) => {
      const watch = await stand.watch(engine, { bufferMiB: 1 });
      const [child = 0] = engineProcesses(stand.mirror);
      process.kill(child, 'SIGSTOP');
      stand.send(frames(3000, 1400));
      process.kill(child, 'SIGCONT');
      await watch.until('packets', () => watch.packets > 0);
      const running = await watch.capture.statistics();
      await watch.stop();
      const { received, kernelDropped = 0, unknown } = await watch.capture.statistics();
      expect(received).toBe(watch.packets);
      expect(kernelDropped).toBeGreaterThan(1000);
      expect(received + kernelDropped).toBe(3000);
      expect(unknown).toEqual([]);
      // While it runs, tcpdump alone can be asked.
      if (engine === 'tcpdump') expect(running.kernelDropped).toBe(kernelDropped);
      else expect(running).toMatchObject({ unknown: ['kernelDropped'] });
    }),
  );

  it('several interfaces are captured at once, each counted for itself', () =>
    on(async (stand) => {
      const second = openPair();
      try {
        const names = [stand.mirror, second.mirror];
        const watch = stand.begin('dumpcap', {}, names);
        await watch.started(2);
        stand.send(frames(3));
        sendFrames(second.sender, frames(4));
        await watch.stop();
        const { interfaces } = await watch.capture.statistics();
        expect(interfaces.map((one) => [one.interface, one.received])).toEqual([
          [stand.mirror, 3],
          [second.mirror, 4],
        ]);
      } finally {
        second.close();
      }
    }));

  it('a tap with an interface for each direction is one conversation', () =>
    on(async (stand) => {
      const second = openPair();
      try {
        const names = [stand.mirror, second.mirror];
        const watch = stand.begin('dumpcap', {}, names);
        await watch.started(2);
        const { records } = await readAll([sample('monitor-two-sockets')]);
        // The client's frames through one, the device's through the other; addresses of the sample.
        const fromClient = (hex: string) => hex.slice(12, 24) === '020000000214';
        const across = records.map(({ hex }) => {
          const name = fromClient(hex) ? stand.pair.sender : second.sender;
          return [name, Buffer.from(hex, 'hex')] as const;
        });
        sendAcross(across.slice(0, 20));
        await watch.until('all', () => watch.packets === 20);
        // The client's now come late, as a block of the kernel may: replies before their requests.
        const [late = 0] = engineProcesses(stand.mirror);
        process.kill(late, 'SIGSTOP');
        sendAcross(across.slice(20));
        await delay(400);
        process.kill(late, 'SIGCONT');
        await watch.stop();
        expect(watch.packets).toBe(records.length);
        const messages = Object.values(watch.heard()).flatMap(({ messages }) => messages);
        expect(messages).not.toContain('gap');
        expect(messages.length).toBe(181);
        expect(watch.replies).toBe(10);
        const { interfaces } = await watch.capture.statistics();
        expect(Math.min(...interfaces.map(({ received }) => received))).toBeGreaterThan(50);
      } finally {
        second.close();
      }
    }));

  it('ends by itself after as many packets as were asked for', () =>
    on(async (stand) => {
      const watch = stand.begin('dumpcap', { maxPackets: 2 });
      await watch.started();
      stand.send(frames(5));
      expect(await watch.end()).toEqual({ reason: 'count', problems: [] });
      expect(watch.packets).toBe(2);
    }));
});
