import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { shownText } from '../../src/report/check/finding-text.ts';
import { formatSessionId } from '../../src/report/format/address.ts';
import { formatTime } from '../../src/report/format/time.ts';
import { flowRecord } from '../../src/report/records/flow-record.ts';
import { messageRecord } from '../../src/report/records/message-record.ts';
import type { FlowRecord, MessageRecord } from '../../src/report/records/schemas.ts';
import { SessionFindings, sessionRecord } from '../../src/report/records/session-record.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { CODES } from '../../src/rules/catalogue.ts';
import { Conformance } from '../../src/rules/conformance.ts';
import { samples } from '../cli/dvrscope.ts';
import { allRows, analyse, loadedModel } from './model-harness.ts';

/** What the commands `sessions`, `flows`, `messages` print with --json, made as they make it. */
async function records(path: string) {
  const messages: MessageRecord[] = [];
  const flows: FlowRecord[] = [];
  const findings = new SessionFindings();
  const analysis = await analyse(path, {
    message: (message) => {
      findings.message(message);
      messages.push(messageRecord(message, { body: true, showSecrets: false }));
    },
    flowEnded: (flow, dvrip) => flows.push(flowRecord(flow, dvrip)),
  });
  const { sessions, media } = analysis.conversations;
  return {
    messages,
    flows: flows.sort((a, b) => a.flow - b.flow),
    sessions: sessions.all.map((session) =>
      sessionRecord(session, media.ofSession(session.number), findings.of(session.number)),
    ),
  };
}

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(samples())('the model of %s', (path) => {
  it('shows the sessions that sessions --json prints', async () => {
    const model = await loadedModel(path);
    const expected = (await records(path)).sessions;
    const rows = await allRows(model, 'sessions');
    expect(rows.map((row) => row.number)).toEqual(expected.map(({ session }) => session));
    expect(rows).toMatchObject(
      expected.map(({ streams, findings: _counts, ...record }) => ({ ...record, streams: streams.length })),
    );
    for (const record of expected) expect(await model.session(record.session)).toEqual(record);
    const found = await allRows(model, 'findings');
    for (const { number, findings, worst } of rows) {
      const own = found.filter(({ session, message }) => session === number && message !== undefined);
      const count = (severity: string) => own.filter((finding) => finding.severity === severity).length;
      const { error, warning, note } = findings;
      // Before the login nobody knew the session: `sessions` does not count what was found there.
      expect(error).toBeLessThanOrEqual(count('error'));
      expect(warning).toBeLessThanOrEqual(count('warning'));
      expect(note).toBeLessThanOrEqual(count('note'));
      const [gravest] = (['error', 'warning', 'note'] as const).filter((severity) => count(severity) > 0);
      expect(worst).toBe(gravest);
    }
  });

  it('shows the flows that flows --json prints', async () => {
    const model = await loadedModel(path);
    const rows = await allRows(model, 'flows');
    expect(rows).toMatchObject((await records(path)).flows);
  });

  it('shows the messages that messages --json --body prints', async () => {
    const model = await loadedModel(path);
    const expected = (await records(path)).messages;
    const rows = await allRows(model, 'messages');
    expect(rows.map(({ number }) => number)).toEqual(expected.map(({ number }) => number));
    for (const [i, record] of expected.entries()) {
      const detail = await model.message(record.number);
      expect(json(detail?.record)).toEqual(json(record));
      const row = rows[i];
      expect({
        flow: row?.flow,
        session: row?.beforeLogin === true ? undefined : row?.session,
        from: row?.from,
        id: row?.id,
        name: row?.name,
        sequence: row?.sequence,
        sessionId: formatSessionId(row?.sessionId ?? 0),
        length: row?.length,
        channel: row?.channel,
        endFlag: row?.endFlag,
        fragments: row?.fragments,
        ret: row?.ret,
        retText: row?.retText,
        valid: row?.valid,
        encrypted: row?.encrypted === true ? true : undefined,
        packets: row?.packets,
        replyTo: row?.replyTo,
        responseSeconds: row?.responseSeconds,
        time: formatTime(row?.time.seconds ?? 0, row?.time.nanoseconds ?? 0),
      }).toEqual({
        flow: record.flow,
        session: record.session,
        from: record.from,
        id: record.id,
        name: record.name,
        sequence: record.sequence,
        sessionId: record.sessionId,
        length: record.length,
        channel: record.channel,
        endFlag: record.endFlag,
        fragments: record.fragments,
        ret: record.ret,
        retText: record.retText,
        valid: record.valid,
        encrypted: record.encrypted,
        packets: record.packets,
        replyTo: record.replyTo,
        responseSeconds: record.responseSeconds,
        time: record.time,
      });
    }
  });

  it('shows every finding of every message, with its words, and counts them by rule', async () => {
    const model = await loadedModel(path);
    const expected = (await records(path)).messages.flatMap(({ number, findings }) =>
      findings.map(({ rule, severity, text, pointer }) => ({
        message: number,
        rule,
        severity,
        text: shownText(text, pointer, false),
      })),
    );
    const rows = await allRows(model, 'findings');
    const ofMessages = rows.filter(
      ({ message, rule }) => message !== undefined && CODES.some((code) => code === rule),
    );
    expect(
      ofMessages.map(({ message, rule, severity, text }) => ({ message, rule, severity, text })),
    ).toEqual(expected);
    const rules = await allRows(model, 'rules');
    for (const { rule, count } of rules) expect(rows.filter((row) => row.rule === rule)).toHaveLength(count);
    expect(rules.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  });

  it('shows what the rules of check find, in the list and beside the message', async () => {
    const model = await loadedModel(path);
    const expected: { rule: string; severity: string; message: number; text: string }[] = [];
    const conformance = new Conformance(ALL_RULES, {
      dialect: 'field',
      limits: DEFAULT_LIMITS.rules,
      found: ({ rule, severity }, sample) => {
        const { message, text, pointer } = sample();
        const shown = shownText(text, pointer, false);
        if (!conformance.decoders.running.has(rule)) expected.push({ rule, severity, message, text: shown });
      },
    });
    await analyse(path, {
      message: (message) => conformance.message(message),
      streamFinding: (...found) => conformance.streamFinding(...found),
      unanswered: (...asked) => conformance.unanswered(...asked),
      mediaStreamEnded: (stream) => conformance.mediaStreamEnded(stream),
      flowEnded: (flow) => conformance.flowEnded(flow),
    });
    conformance.end(false);
    const rows = (await allRows(model, 'findings')).filter(
      ({ rule }) => !CODES.some((code) => code === rule),
    );
    expect(rows.map(({ rule, severity, message = 0, text }) => ({ rule, severity, message, text }))).toEqual(
      expected,
    );
    for (const { rule, message, text } of expected) {
      if (message === 0) continue;
      const detail = await model.message(message);
      expect(detail?.findings).toContainEqual(expect.objectContaining({ rule, text }));
      expect(detail?.row.worst).toBeDefined();
    }
  });

  it('shows the streams of all sessions, and each one whole', async () => {
    const model = await loadedModel(path);
    const expected = (await records(path)).sessions.flatMap(({ session, streams }) =>
      streams.map((stream) => ({ session, stream })),
    );
    const rows = await allRows(model, 'streams');
    for (const { session, stream } of expected) {
      const row = rows.find(
        (candidate) =>
          candidate.flow === stream.flow &&
          candidate.messageId === stream.messageId &&
          candidate.bytes === stream.bytes,
      );
      expect(row?.session).toBe(session);
      const detail = await model.stream(row?.number ?? 0);
      expect(detail?.record).toEqual(stream);
      const frames = (detail?.videoFrames.values ?? []).reduce((sum, value) => sum + value, 0);
      if (detail?.videoFrames.stretchSeconds === 1)
        expect(frames).toBe(stream.iFrames + stream.pFrames + stream.cutFrames);
      expect(detail?.keyFrames.length).toBeLessThanOrEqual(stream.iFrames + stream.cutFrames);
      if (stream.longestStallSeconds !== undefined && stream.longestStallSeconds > 0) {
        expect(detail?.stalls[0]?.seconds).toBeCloseTo(stream.longestStallSeconds, 2);
      }
    }
  });
});
