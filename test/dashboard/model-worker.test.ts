import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ModelOptions } from '../../src/dashboard/model/contract.ts';
import { openModel } from '../../src/dashboard/worker/open-model.ts';
import { lines, sample, scratchDirectory } from '../cli/dvrscope.ts';
import { allRows, keep, loaded, loadedModel } from './model-harness.ts';

const write = scratchDirectory();

/** As it is installed; `npm test` builds it first. */
const BUNDLED = new URL('../../dist/bundle/cli/model-worker.js', import.meta.url);

function worker(path: string, options: Partial<ModelOptions> = {}) {
  return keep(openModel({ paths: [path], temporaryFolder: tmpdir(), ...options }, BUNDLED));
}

describe('the model in its thread', () => {
  it.each(['two-clients', 'monitor-two-sockets'])(
    'answers about %s as the one in this thread',
    async (name) => {
      const inWorker = worker(sample(name));
      const done = await loaded(inWorker);
      const here = await loadedModel(sample(name));
      const { version: _there, ...progress } = done;
      expect(await here.progress()).toMatchObject(progress);
      for (const list of ['sessions', 'flows', 'findings', 'rules', 'streams', 'messages'] as const) {
        expect(await allRows(inWorker, list)).toEqual(await allRows(here, list));
      }
      const { version: _a, ...detail } = (await inWorker.message(2)) ?? {};
      expect(await here.message(2)).toMatchObject(detail);
      const { version: _b, ...ladder } = await inWorker.ladder(1, 0, 100);
      expect(await here.ladder(1, 0, 100)).toMatchObject(ladder);
      expect(await inWorker.session(1)).toEqual(await here.session(1));
      expect(await inWorker.kinds({ of: 'all' })).toEqual(await here.kinds({ of: 'all' }));
      const { version: _c, ...stream } = (await inWorker.stream(1)) ?? {};
      expect((await here.stream(1)) ?? {}).toMatchObject(stream);
      expect(await inWorker.position('messages', {}, 3)).toBe(2);
      expect(await inWorker.checkFilter('dvrip.ret >')).toMatchObject({ kind: 'error' });
      expect(await inWorker.completions('dvrip.re', 9)).toEqual(await here.completions('dvrip.re', 9));
      const query = { view: {}, text: 'login', from: 0, direction: 'forward' } as const;
      expect(await inWorker.find(query)).toEqual(await here.find(query));
      const pair = { of: 'messages', left: 1, right: 2 } as const;
      expect(await inWorker.compare(pair)).toEqual(await here.compare(pair));
    },
  );

  it('says what it could not read', async () => {
    const model = worker('/no/such/file.pcap');
    const progress = await loaded(model);
    expect(progress.errors).toMatchObject([{ code: 'not-found', path: '/no/such/file.pcap' }]);
    expect((await model.rows('sessions', {}, 0, 10)).total).toBe(0);
  });

  it('says that it broke, and refuses what is asked afterwards', async () => {
    const model = keep(
      openModel({ paths: [], temporaryFolder: tmpdir() }, new URL('file:///no/such/worker.js')),
    );
    const broken = new Promise<string>((resolve) => model.onBroken(resolve));
    expect(await broken).toContain('no/such/worker.js');
    await expect(model.progress()).rejects.toThrow('no/such/worker.js');
  });

  it('reads standard input, once', async () => {
    const program = `
      import { tmpdir } from 'node:os';
      import { openModel } from ${JSON.stringify(new URL('../../dist/src/dashboard/worker/open-model.js', import.meta.url).href)};
      const model = openModel({ paths: ['-'], temporaryFolder: tmpdir() }, new URL(${JSON.stringify(BUNDLED.href)}));
      await new Promise((resolve) => model.onChange(({ state }) => state === 'done' && resolve()));
      const print = (value) => console.log(JSON.stringify(value));
      const { total, rows } = await model.rows('messages', { filter: 'dvrip.media' }, 0, 1);
      print(total);
      print((await model.message(rows[0].number)).body);
      print((await model.messageBytes(rows[0].number)) ?? 'none');
      print(await model.save({ what: { what: 'all' }, format: 'pcapng', path: '/nowhere/at-all.pcapng' }));
      print(await model.extract({ stream: 1, directory: '/nowhere/at-all' }));
      await model.close();
    `;
    const child = spawn(process.execPath, [write('program.mjs', program)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
    createReadStream(fileURLToPath(`file://${sample('monitor-two-sockets')}`)).pipe(child.stdin);
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    const [total, body, bytes, saved, extracted] = lines(printed).map((line): unknown => JSON.parse(line));
    const here = await loadedModel(sample('monitor-two-sockets'));
    expect(total).toBe((await here.rows('messages', { filter: 'dvrip.media' }, 0, 1)).total);
    expect(body).toMatchObject({ state: 'lost', why: 'standard input can be read only once' });
    expect(bytes).toBe('none');
    expect(saved).toMatchObject({ kind: 'refused' });
    expect(extracted).toEqual({ kind: 'refused', message: 'standard input can be read only once' });
  });
});
