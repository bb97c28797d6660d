import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../../src/analysis/analysis.ts';
import { readCaptures } from '../../src/capture/read-captures.ts';
import { messageRecord } from '../../src/report/records/message-record.ts';
import type { MessageRecord, SessionRecord } from '../../src/report/records/schemas.ts';
import { SessionFindings, sessionRecord } from '../../src/report/records/session-record.ts';
import { type Payload, PayloadTaps } from './payload-taps.ts';

/** What the simulator logged of conversations; captures/README.md describes it. */
interface Expected {
  readonly messages: { readonly list: readonly { readonly flow: number; readonly from: string }[] };
  readonly sessions: readonly Record<string, unknown>[];
  readonly refusedLogins?: readonly Record<string, unknown>[];
  readonly exchanges?: readonly { readonly request: number; readonly replies: readonly number[] }[];
  readonly streams?: readonly ExpectedStream[];
}

interface ExpectedStream {
  readonly session: number;
  readonly flow: number;
  readonly from: string;
  readonly kind: string;
  readonly fileBytes?: number;
  readonly fileSha256?: string;
  readonly [name: string]: unknown;
}

interface Seen {
  readonly sessions: readonly SessionRecord[];
  readonly messages: readonly MessageRecord[];
  readonly payloads: readonly Payload[];
}

const SAMPLES = new URL('../../captures/', import.meta.url);
const names = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

async function analyse(path: string): Promise<Seen> {
  const messages: MessageRecord[] = [];
  const findings = new SessionFindings();
  const taps = new PayloadTaps();
  const analysis = new Analysis(
    { mediaTap: (stream) => taps.open(stream) },
    {
      message: (message) => {
        messages.push(messageRecord(message, { body: false, showSecrets: false }));
        findings.message(message);
      },
    },
  );
  await readCaptures([path], { packet: (p) => analysis.push(p), drained: () => undefined });
  analysis.end();
  const { sessions, media } = analysis.conversations;
  return {
    sessions: sessions.all.map((one) =>
      sessionRecord(one, media.ofSession(one.number), findings.of(one.number)),
    ),
    messages,
    payloads: taps.payloads(),
  };
}

function pick(from: object, keys: readonly string[]): Record<string, unknown> {
  const told = new Map(Object.entries(from));
  return Object.fromEntries(keys.filter((key) => told.has(key)).map((key) => [key, told.get(key)]));
}

const SESSION_KEYS = [
  'sessionId',
  'client',
  'device',
  'flows',
  'user',
  'state',
  'loginType',
  'deviceType',
  'channels',
  'aliveInterval',
];
const STREAM_KEYS = [
  ...['kind', 'flow', 'from', 'channel', 'streamType', 'codec', 'width', 'height', 'fps', 'audioCodec'],
  ...['iFrames', 'pFrames', 'audioFrames', 'videoBytes', 'audioBytes'],
];
/** Files that are bodies of control messages: no streams, but there to be extracted. */
const FILES = ['configuration-export', 'configuration-import', 'log-export'];

/** For each message its place among those of its flow and sender, which both sides of the comparison can tell. */
function placesOf(messages: readonly { readonly flow: number; readonly from: string }[]): readonly string[] {
  const counts = new Map<string, number>();
  return messages.map(({ flow, from }) => {
    const direction = `flow ${flow} ${from}`;
    const place = (counts.get(direction) ?? 0) + 1;
    counts.set(direction, place);
    return `${direction} ${place}`;
  });
}

function byPlace(a: { flow: number; from: string }, b: { flow: number; from: string }): number {
  return a.flow - b.flow || a.from.localeCompare(b.from);
}

/** A sample whose expected.json does not tell (damaged ones, broadcasts) has no such test, rather than a skipped one. */
function whereTold(truth: unknown): (name: string, test: () => Promise<void>) => void {
  return truth === undefined ? () => undefined : it;
}

describe.each(names)('the conversations in the sample %s', (name) => {
  const folder = new URL(`${name}/`, SAMPLES);
  const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
  const { refusedLogins = [], exchanges, streams } = expected;
  const seen = analyse(new URL('capture.pcapng', folder).pathname);

  whereTold(streams)('are the sessions that were, ended as they did', async () => {
    const sessions = (await seen).sessions.filter(({ state }) => state !== 'refused');
    expect(sessions.map((session) => pick(session, SESSION_KEYS))).toEqual(expected.sessions);
  });

  it('count the logins that were refused, and why', async () => {
    const refused = (await seen).sessions.filter(({ state }) => state === 'refused');
    expect(
      refused.map(({ flows, state, user, loginType, loginRet }) => ({
        flow: flows[0],
        state,
        user,
        loginType,
        ret: loginRet,
      })),
    ).toEqual(refusedLogins);
  });

  whereTold(exchanges)('pair each reply with the request that it answers', async () => {
    const { messages } = await seen;
    const numbers = new Map(messages.map(({ number }, at) => [number, at]));
    const found = placesOf(messages);
    const paired = messages.flatMap(({ replyTo }, at) => {
      const request = replyTo === undefined ? undefined : numbers.get(replyTo);
      return request === undefined ? [] : [`${found[at]} answers ${found[request]}`];
    });
    const sent = placesOf(expected.messages.list);
    const meant = (exchanges ?? []).flatMap(({ request, replies }) =>
      replies.map((reply) => `${sent[reply]} answers ${sent[request]}`),
    );
    expect(paired.sort()).toEqual(meant.sort());
  });

  whereTold(exchanges)('count what was never answered, or never asked for', async () => {
    const { sessions, messages } = await seen;
    const inSessions = sessions.filter(({ state }) => state !== 'refused');
    const flows = new Set(inSessions.flatMap(({ flows }) => flows));
    const silent = (exchanges ?? []).filter(
      ({ request, replies }) => replies.length === 0 && flows.has(expected.messages.list[request]?.flow ?? 0),
    );
    const sum = (count: (session: SessionRecord) => number) =>
      inSessions.reduce((total, session) => total + count(session), 0);
    expect(messages.length).toBe(expected.messages.list.length);
    expect(sum((session) => session.exchanges.unanswered)).toBe(silent.length);
    expect(sum((session) => session.exchanges.unasked)).toBe(0);
  });

  whereTold(streams)('carry the media streams that were sent', async () => {
    const { sessions } = await seen;
    const inSessions = sessions.filter(({ state }) => state !== 'refused');
    const found = inSessions.flatMap(({ streams }, session) =>
      streams.map((stream) => ({ session, ...stream })),
    );
    const meant = (streams ?? []).filter(({ kind }) => !FILES.includes(kind));
    const keys = ['session', ...STREAM_KEYS];
    // A picture's codec and size are its own: the log has none of it.
    const keysOf = ({ kind }: { kind: string }) =>
      kind === 'snapshot' ? ['session', 'kind', 'flow', 'from', 'channel'] : keys;
    expect(found.sort(byPlace).map((stream) => pick(stream, keysOf(stream)))).toEqual(
      [...meant].sort(byPlace).map((stream) => pick(stream, keysOf(stream))),
    );
  });

  whereTold(streams)('hand on the payload byte for byte', async () => {
    const { payloads } = await seen;
    const chunked = (streams ?? []).filter(({ videoSha256, audioSha256 }) => videoSha256 ?? audioSha256);
    for (const { flow, from, kind, videoSha256, audioSha256 } of chunked) {
      const payload = payloads.find(
        ({ stream }) => stream.origin.flow === flow && stream.origin.kind === kind && stream.from === from,
      );
      if (videoSha256 !== undefined) expect(payload?.video).toBe(videoSha256);
      if (audioSha256 !== undefined) expect(payload?.audio).toBe(audioSha256);
    }
    const firmware = (streams ?? []).filter(({ kind }) => kind === 'upgrade');
    for (const { flow, fileSha256 } of firmware) {
      expect(payloads.find(({ stream }) => stream.origin.flow === flow)?.file).toBe(fileSha256);
    }
  });
});
