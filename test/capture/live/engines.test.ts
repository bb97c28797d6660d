import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEngine } from '../../../src/capture/live/choose-engine.ts';
import type { EngineName } from '../../../src/capture/live/engine.ts';
import { isMissing } from '../../cli/dvrscope.ts';
import { hasNoNamespaces, MirroredNetwork } from '../../support/netns.ts';
import { BuiltPlaces, heardOf, liveOptions, Watch } from './watching.ts';

const impossible = hasNoNamespaces() || isMissing('dumpcap') || isMissing('tcpdump');

describe.skipIf(impossible)('on a mirror port', () => {
  let network: MirroredNetwork;
  let places: BuiltPlaces;
  beforeAll(async () => {
    places = await BuiltPlaces.build();
    network = await MirroredNetwork.open();
  });
  afterAll(() => {
    network?.close();
    places?.remove();
  });

  it.each<EngineName>(['dumpcap', 'tcpdump', 'cap'])(
    '%s sees every message that the simulator says it sent, and every byte',
    async (engine) => {
      const watch = new Watch(engine, liveOptions([network.mirror]), places);
      await watch.started();
      const truth = await network.converse(40);
      const end = await watch.stop();
      expect(end).toEqual({ reason: 'stopped', problems: [] });
      const heard = watch.heard();
      expect(heard).toEqual(heardOf(truth));
      expect(Object.values(heard).flatMap(({ messages }) => messages).length).toBeGreaterThan(45);
      const statistics = await watch.capture.statistics();
      expect(statistics).toMatchObject({ received: watch.packets, ownDropped: 0, queuedBytes: 0 });
      if (engine === 'cap') expect(statistics.unknown).toEqual(['kernelDropped', 'kernelTime']);
      else expect(statistics).toMatchObject({ kernelDropped: 0, unknown: [] });
      expect(watch.capture.files()).toMatchObject([{ path: network.mirror, packets: watch.packets }]);
    },
  );

  it.each([['tcpdump'], ['dumpcap']])(
    'a pipe that %s writes is read like an engine of ours',
    async (program) => {
      const folder = mkdtempSync(join(tmpdir(), 'dvr-pipe-'));
      const fifo = join(folder, 'live');
      execFileSync('mkfifo', [fifo]);
      const line = `exec ${program} -i "$1" ${program === 'tcpdump' ? '-U' : '-q'} -w - > "$2"`;
      const writer = spawn('sh', ['-c', line, 'sh', network.mirror, fifo], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const watch = new Watch('pipe', liveOptions([fifo]), places);
      await once(writer.stderr, 'data');
      await watch.until('a header', () => watch.capture.files()[0]?.format !== 'unknown');
      const truth = await network.converse(10);
      await watch.until('all messages', () => {
        const said = Object.values(watch.heard()).flatMap(({ messages }) => messages).length;
        return said >= Object.values(heardOf(truth)).flatMap(({ messages }) => messages).length;
      });
      writer.kill('SIGINT');
      expect(await watch.end()).toEqual({ reason: 'input-ended', problems: [] });
      expect(watch.heard()).toEqual(heardOf(truth));
      const [file] = watch.capture.files();
      expect(file).toMatchObject({ path: fifo, format: program === 'tcpdump' ? 'pcap' : 'pcapng' });
      // dumpcap notes its losses in the pcapng itself; a pcap has no place for them.
      const { unknown } = await watch.capture.statistics();
      if (program === 'tcpdump') expect(unknown).toEqual(['kernelDropped', 'interfaceDropped']);
      else expect(file?.interfaces).toMatchObject([{ interfaceDropped: 0 }]);
      rmSync(folder, { recursive: true });
    },
  );

  it('the engine is the one asked for, else the first that may open the interface; none is an error', async () => {
    const choose = (wish: EngineName | undefined, name: string, more = {}) =>
      chooseEngine(wish, liveOptions([name], more), places);
    expect(await choose('cap', network.mirror)).toEqual({ engine: 'cap' });
    expect(await choose('dumpcap', network.mirror)).toEqual({ engine: 'dumpcap' });
    expect(await choose(undefined, network.mirror)).toEqual({ engine: 'tcpdump' });
    expect(await choose(undefined, '-')).toEqual({ engine: 'pipe' });
    expect(await choose(undefined, '/tmp/fifo')).toEqual({ engine: 'pipe' });
    expect(await choose('pipe', network.mirror)).toMatchObject({ problem: { code: 'unsupported' } });
    expect(await choose('cap', network.mirror, { promiscuous: false })).toMatchObject({
      problem: { code: 'unsupported', engine: 'cap' },
    });
    expect(await choose(undefined, 'dvnone0')).toMatchObject({ problem: { code: 'no-such-interface' } });
    for (const name of ['-w', 'TCP@host:2002', 'two words', 'x'.repeat(65), '']) {
      expect(await choose(undefined, name)).toMatchObject({ problem: { code: 'no-such-interface' } });
    }
    expect(await choose(undefined, network.mirror, { filter: 'tcp\0' })).toMatchObject({
      problem: { code: 'bad-filter' },
    });
    const nowhere = { ...places, node: '/nonexistent/node' };
    expect(await chooseEngine('cap', liveOptions([network.mirror]), nowhere)).toMatchObject({
      problem: { code: 'engine-missing', engine: 'cap' },
    });
  });
});
