import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOffset, decodeBodyText } from '../../dissectors/dvrip/text.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { jsonLines, textLines } from '../../src/dashboard/model/detail/body-lines.ts';
import { BytePlaces } from '../../src/dashboard/model/detail/byte-places.ts';
import { pairLines } from '../../src/dashboard/model/detail/line-diff.ts';
import { LadderCollector } from '../../src/report/ladder/ladder.ts';
import { sample, samples } from '../cli/dvrscope.ts';
import { allRows, analyse, loadedModel } from './model-harness.ts';

describe('a message whole', () => {
  it('has each line of its body with its bytes, its findings and its meaning', async () => {
    const bodies = new Map<number, Buffer>();
    const path = sample('monitor-two-sockets');
    await analyse(path, {
      message: ({ number, media, body, bodyStart, bodyEnd }) => {
        if (!media) bodies.set(number, Buffer.from(body.subarray(bodyStart, bodyEnd)));
      },
    });
    const model = await loadedModel(path);
    let placed = 0;
    let meanings = 0;
    for (const [number, body] of bodies) {
      const detail = await model.message(number);
      expect(detail?.body).toMatchObject({ state: 'here', length: body.length, linesLeft: 0 });
      if (detail === undefined || detail.body.kind !== 'json') continue;
      expect(JSON.parse(detail.body.lines.map(({ text }) => text).join('\n'))).toEqual(detail.record.body);
      for (const line of detail.body.lines) {
        if (line.meaning !== undefined) meanings += 1;
        if (line.offset === undefined || line.pointer === '' || line.text.includes('‹redacted›')) continue;
        placed += 1;
        const bytes = body.subarray(line.offset, line.offset + (line.length ?? 0)).toString();
        const shown = line.text.trim().replace(/,$/, '');
        if (/[{[]$/.test(shown)) expect(bytes.startsWith(shown.slice(0, shown.indexOf(':')))).toBe(true);
        else expect(bytes.replace(/"\s*:\s*/, '": ')).toBe(shown);
      }
      for (const [place, finding] of detail.findings.entries()) {
        if (finding.line !== undefined) expect(detail.body.lines[finding.line]?.findings).toContain(place);
        if (finding.pointer !== undefined) expect(finding.line).toBeDefined();
      }
    }
    expect(placed).toBeGreaterThan(20);
    expect(meanings).toBeGreaterThan(10);
  });

  it('never shows a secret: neither in its lines nor in its bytes', async () => {
    const path = sample('login-and-keepalive');
    const model = await loadedModel(path);
    const open = await loadedModel(path, { showSecrets: true });
    const login = (await allRows(model, 'messages')).find(({ name }) => name === 'LOGIN_REQ');
    const hidden = await model.message(login?.number ?? 0);
    const shown = await open.message(login?.number ?? 0);
    const secret = /"PassWord": "([^"]+)"/.exec(
      shown?.body.lines.map(({ text }) => text).join('\n') ?? '',
    )?.[1];
    expect(secret).toBeDefined();
    expect(Buffer.from(shown?.body.bytes ?? []).includes(secret ?? '')).toBe(true);
    expect(JSON.stringify(hidden?.body.lines)).not.toContain(secret);
    expect(Buffer.from(hidden?.body.bytes ?? []).includes(secret ?? '')).toBe(false);
    const [start = 0, end = 0] = hidden?.body.masked[0] ?? [];
    expect(end - start).toBe(secret?.length);
    expect(shown?.body.masked).toEqual([]);
  });

  it('names its header field by field, over all of its twenty bytes', async () => {
    const model = await loadedModel(sample('monitor-single-socket'));
    for (const row of await allRows(model, 'messages', { fold: true })) {
      const detail = await model.message(row.number);
      expect(detail?.headerBytes).toHaveLength(20);
      let at = 0;
      for (const field of detail?.header ?? []) {
        expect(field.offset).toBe(at);
        at += field.length;
      }
      expect(at).toBe(20);
      expect(detail?.header.some(({ name }) => name === (row.media ? 'channel' : 'total packets'))).toBe(
        true,
      );
    }
  });

  it('knows its request and its reply', async () => {
    const model = await loadedModel(sample('login-and-keepalive'));
    const rows = await allRows(model, 'messages');
    const answer = rows.find(({ name }) => name === 'LOGIN_RSP');
    const { exchange } = (await model.message(answer?.number ?? 0)) ?? {};
    expect(exchange?.request).toEqual(rows.find(({ number }) => number === answer?.replyTo));
    expect((await model.message(answer?.replyTo ?? 0))?.exchange.reply).toEqual(answer);
    expect(await model.message(0)).toBeUndefined();
    expect(await model.message(rows.length + 1)).toBeUndefined();
  });

  it('shows text that is no JSON line by line, within bounds', () => {
    expect(textLines('a\nb\n', 10, 10)).toEqual({
      lines: [{ text: 'a' }, { text: 'b' }, { text: '' }],
      left: 0,
    });
    expect(textLines('\n'.repeat(1_000_000), 10, 10).left).toBe(1_000_001 - 10);
    expect(textLines('x'.repeat(1_000_000), 10, 5)).toEqual({ lines: [{ text: 'xxxxx…' }], left: 0 });
  });

  it('finds the byte of any character, however long the text', () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '汉', '😀'), maxLength: 900 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        pieces,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }),
        (texts, shares) => {
          const bytes = Buffer.from(texts.join(''));
          const body = decodeBodyText(bytes, 0, bytes.length);
          const places = new BytePlaces(bytes, body);
          for (const share of shares) {
            const units = Math.round(share * body.text.length);
            expect(places.at(units)).toBe(byteOffset(bytes, 0, body, units));
          }
        },
      ),
    );
  });

  it('lays out any JSON so that the lines are that JSON, and places of one line hold its value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, indented) => {
        const bytes = Buffer.from(JSON.stringify(value, null, indented ? 1 : undefined));
        const body = decodeBodyText(bytes, 0, bytes.length);
        const { lines, left } = jsonLines(value, body, bytes, () => undefined, 10_000);
        expect(left).toBe(0);
        expect(JSON.parse(lines.map(({ text }) => text).join('\n'))).toEqual(JSON.parse(bytes.toString()));
        for (const { pointer, offset, length, text } of lines) {
          if (pointer === undefined || offset === undefined || !/[^{[]$/.test(text)) continue;
          const member = bytes.subarray(offset, offset + (length ?? 0)).toString();
          expect(JSON.parse(`[${member.replace(/^"(?:[^"\\]|\\.)*"\s*:/, '')}]`)).toHaveLength(1);
        }
      }),
    );
    const long = Array.from({ length: 100 }, (_, i) => i);
    const bytes = Buffer.from(JSON.stringify(long));
    const cut = jsonLines(long, decodeBodyText(bytes, 0, bytes.length), bytes, () => undefined, 10);
    expect([cut.lines.length, cut.left]).toEqual([10, 92]);
  });
});

describe('ladders', () => {
  it.each(samples())('of %s are those that sessions --ladder draws', async (path) => {
    const model = await loadedModel(path);
    for (const { number } of await allRows(model, 'sessions')) {
      const collector = new LadderCollector(number, DEFAULT_LIMITS.ladder);
      await analyse(path, {
        message: (message) => collector.message(message),
        flowEnded: (flow) => collector.flowEnded(flow),
      });
      const expected = collector.ladder();
      const window = await model.ladder(number, 0, 1000);
      expect(window.flows).toEqual(expected?.flows ?? []);
      expect(window.rungs.map(({ worst: _w, ret: _r, replyTo: _t, ...rung }) => rung)).toEqual(
        expected?.rungs ?? [],
      );
      const part = await model.ladder(number, 2, 3);
      expect(part.rungs).toEqual(window.rungs.slice(2, 5));
    }
  });
});

describe('comparing', () => {
  it('pairs lines so that both sides keep their order, and equals stay together', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const pairs = pairLines(left, right);
        const lefts = pairs.map((pair) => pair.left).filter((at) => at !== -1);
        const rights = pairs.map((pair) => pair.right).filter((at) => at !== -1);
        expect(lefts).toEqual(left.map((_, at) => at));
        expect(rights).toEqual(right.map((_, at) => at));
      }),
    );
    expect(pairLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
      { left: 0, right: 0 },
      { left: 1, right: 1 },
      { left: 2, right: 2 },
      { left: -1, right: 3 },
    ]);
  });

  it('tells two messages and two sessions apart, and finds nothing between a thing and itself', async () => {
    const model = await loadedModel(sample('two-clients'));
    const rows = await allRows(model, 'messages');
    const [one, two] = rows.filter(({ name }) => name === 'LOGIN_RSP');
    const left = one?.number ?? 0;
    const right = two?.number ?? 0;
    expect((await model.compare({ of: 'messages', left, right: left }))?.differences).toBe(0);
    const different = await model.compare({ of: 'messages', left, right });
    expect(different?.differences).toBeGreaterThan(0);
    expect(
      different?.lines.some(({ kind, left: text }) => kind === 'changed' && text?.startsWith('session: 0x')),
    ).toBe(true);
    expect(different?.lines.some(({ kind }) => kind === 'same')).toBe(true);
    expect((await model.compare({ of: 'sessions', left: 1, right: 1 }))?.differences).toBe(0);
    const sessions = await model.compare({ of: 'sessions', left: 1, right: 2 });
    expect(sessions?.differences).toBeGreaterThan(0);
    expect(sessions?.lines[0]).toMatchObject({ kind: 'same', leftNumber: expect.any(Number) });
    expect(await model.compare({ of: 'messages', left, right: 1e6 })).toBeUndefined();
    expect(await model.compare({ of: 'sessions', left: 1, right: 99 })).toBeUndefined();
  });
});
