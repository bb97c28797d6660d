import type { Analysis } from '../../../analysis/analysis.ts';
import { formatAddress, formatEndpoint, formatSessionId } from '../../../report/format/address.ts';
import type { Session, SessionEnd } from '../../../session/session.ts';
import type { FlowRow, RuleRow, SessionRow, StreamRow } from '../contract.ts';
import type { FlowEntry } from '../index/flow-index.ts';
import type { Recorder } from '../index/recorder.ts';
import { rankOf } from '../index/severity.ts';
import type { StreamWatch } from '../index/stream-watch.ts';
import { secondsBetween } from '../rows/elapsed.ts';
import { type FlowFacts, flowFacts, flowRow, flowState } from '../rows/flow-row.ts';
import { endOf, sessionBitRate, sessionRow, startOf } from '../rows/session-row.ts';
import { recentBitRate, streamRow } from '../rows/stream-row.ts';
import type { Table } from './table-list.ts';

type Key = (number: number) => number | string;

export function sessionTable(analysis: () => Analysis, recorder: Recorder): Table<SessionRow> {
  const kept = new KeptSessions(analysis);
  const get = (number: number): Session => there(analysis().conversations.sessions.get(number));
  const streams = (number: number) => analysis().conversations.media.ofSession(number);
  const keys: Readonly<Record<string, Key>> = {
    state: (n) => get(n).state,
    client: (n) => endText(get(n).client),
    device: (n) => endText(get(n).device),
    user: (n) => get(n).user ?? '',
    model: (n) => get(n).deviceType ?? '',
    channels: (n) => get(n).channels ?? 0,
    messages: (n) => get(n).messages,
    streams: (n) => streams(n).length,
    bitRate: (n) => sessionBitRate(streams(n)),
    findings: (n) => recorder.worstOfSession.get(n) ?? 0,
    start: (n) => secondsBetween(recorder.origin, startOf(get(n))),
    duration: (n) => secondsBetween(startOf(get(n)), endOf(get(n))),
  };
  return {
    get size() {
      return kept.all().length;
    },
    numberAt: (place) => there(kept.all()[place]).number,
    row: (number) => {
      const session = analysis().conversations.sessions.get(number);
      return session === undefined ? undefined : sessionRow(analysis(), recorder, session);
    },
    text: (number) => {
      const { sessionId, state, client, device, user, loginType, deviceType } = get(number);
      return [
        formatSessionId(sessionId),
        state,
        endText(client),
        endText(device),
        user,
        loginType,
        deviceType,
      ].join(' ');
    },
    key: (by) => keys[by],
  };
}

export function flowTable(analysis: () => Analysis, recorder: Recorder): Table<FlowRow> {
  const get = (number: number): FlowEntry => there(recorder.flows.get(number));
  const facts = (number: number): FlowFacts => flowFacts(analysis(), get(number));
  const sum = (number: number, of: (direction: FlowFacts['streams'][number]) => number) =>
    facts(number).streams.reduce((total, direction) => total + of(direction), 0);
  const span = (number: number) => get(number).flow ?? get(number);
  const keys: Readonly<Record<string, Key>> = {
    role: (n) => facts(n).role ?? '',
    state: (n) => flowState(get(n)),
    client: (n) => pointText(facts(n).client),
    server: (n) => pointText(facts(n).server),
    session: (n) => facts(n).session ?? 0,
    packets: (n) => facts(n).packets,
    bytes: (n) => sum(n, ({ bytes }) => bytes),
    gaps: (n) => sum(n, ({ gaps }) => gaps),
    retransmitted: (n) => sum(n, ({ retransmittedBytes }) => retransmittedBytes),
    start: (n) => secondsBetween(recorder.origin, startOf(span(n))),
    duration: (n) => secondsBetween(startOf(span(n)), endOf(span(n))),
  };
  return {
    get size() {
      return recorder.flows.size;
    },
    numberAt: (place) => recorder.flows.numbers()[place] ?? 0,
    row: (number) => {
      const entry = recorder.flows.get(number);
      return entry === undefined ? undefined : flowRow(analysis(), entry, recorder.origin);
    },
    text: (number) => {
      const { protocol, client, server, role, session } = facts(number);
      const words = [protocol, pointText(client), pointText(server), role, flowState(get(number))];
      return [...words, session === undefined ? '' : `session ${session}`].join(' ');
    },
    inScope: (number, scope) => {
      if (scope.of === 'session') {
        return analysis().conversations.sessions.get(scope.session)?.flows.includes(number) ?? false;
      }
      return scope.of !== 'flow' || scope.flow === number;
    },
    key: (by) => keys[by],
  };
}

export function streamTable(recorder: Recorder): Table<StreamRow> {
  /** Streams of which no message was complete are not listed: nothing is known of them. */
  const shown = () => recorder.shownStreams();
  const get = (number: number): StreamWatch => there(recorder.streams.get(number));
  const row = (number: number) => streamRow(get(number), recorder.origin);
  const keys: Readonly<Record<string, Key>> = {
    session: (n) => get(n).stream.session,
    kind: (n) => get(n).stream.origin.kind,
    channel: (n) => get(n).stream.channel ?? -1,
    codec: (n) => get(n).stream.videoCodec ?? get(n).stream.audioCodec ?? '',
    bytes: (n) => get(n).stream.bytes,
    bitRate: (n) => recentBitRate(get(n).stream),
    lost: (n) => get(n).stream.lostPackets,
    start: (n) => row(n).elapsed,
    duration: (n) => get(n).stream.durationSeconds,
  };
  return {
    get size() {
      return shown().length;
    },
    numberAt: (place) => shown()[place]?.number ?? 0,
    row: (number) => (recorder.streams.has(number) ? row(number) : undefined),
    text: (number) => {
      const { kind, codec, audioCodec, channel, session, ending, width, height } = row(number);
      return [
        kind,
        codec,
        audioCodec,
        `channel ${channel ?? ''}`,
        `session ${session ?? ''}`,
        ending,
        `${width}x${height}`,
      ].join(' ');
    },
    inScope: (number, scope) => {
      const { stream } = get(number);
      if (scope.of === 'session') return stream.session === scope.session;
      return scope.of !== 'flow' || stream.origin.flow === scope.flow;
    },
    key: (by) => keys[by],
  };
}

export function ruleTable(recorder: Recorder): Table<RuleRow> {
  const rules = () => recorder.findings.rules;
  const row = (number: number): RuleRow => ({ number, ...there(rules()[number - 1]) });
  const keys: Readonly<Record<string, Key>> = {
    severity: (n) => rankOf(row(n).severity),
    rule: (n) => row(n).rule,
    count: (n) => row(n).count,
  };
  return {
    get size() {
      return rules().length;
    },
    numberAt: (place) => place + 1,
    row: (number) => (number <= rules().length ? row(number) : undefined),
    text: (number) => `${row(number).severity} ${row(number).rule}`,
    key: (by) => keys[by],
  };
}

/** The sessions that are kept: the table copies them each time, this only when there are others. */
class KeptSessions {
  readonly #analysis: () => Analysis;
  #sessions: readonly Session[] = [];
  #of = -1;

  constructor(analysis: () => Analysis) {
    this.#analysis = analysis;
  }

  all(): readonly Session[] {
    const { sessions } = this.#analysis().conversations;
    const { count, refusedLogins, left } = sessions;
    const changes = count + refusedLogins + left.letGo + left.refusedLogins;
    if (changes !== this.#of) {
      this.#of = changes;
      this.#sessions = sessions.all;
    }
    return this.#sessions;
  }
}

function endText({ address, port }: SessionEnd): string {
  return formatEndpoint(formatAddress(address), port);
}

function pointText({ address, port }: { readonly address: string; readonly port: number }): string {
  return formatEndpoint(address, port);
}

/** What a list has numbered is there; anything else is our own mistake. */
function there<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a list has numbered what is not there');
  return value;
}
