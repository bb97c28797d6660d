import { describe, expect, it } from 'vitest';
import { feedFourWeeks } from '../../bench/endurance-traffic.mjs';
import { Packet } from '../../dissectors/core/packet.ts';
import { Analysis } from '../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { LIVE_SILENCE, limitsFor } from '../../src/analysis/memory-ceiling.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { Conformance } from '../../src/rules/conformance.ts';

const MiB = 1024 * 1024;
const SESSIONS = 700;

interface Seen {
  messages: number;
  sessionsEnded: number;
  sessionsLetGo: number;
  streams: number;
  mostFlows: number;
  mostSessions: number;
  mostStreams: number;
}

/** A month in small: some thousand sessions, with the silent ones closed once in a while. */
function month(limits = DEFAULT_LIMITS, sessions = SESSIONS) {
  const seen: Seen = {
    messages: 0,
    sessionsEnded: 0,
    sessionsLetGo: 0,
    streams: 0,
    mostFlows: 0,
    mostSessions: 0,
    mostStreams: 0,
  };
  const conformance = new Conformance(ALL_RULES, { dialect: 'field', limits: limits.rules });
  const analysis = new Analysis(
    { limits },
    {
      message: (message) => {
        seen.messages += 1;
        conformance.message(message);
      },
      unanswered: (dvrip, request) => conformance.unanswered(dvrip, request),
      mediaStreamEnded: (stream) => {
        seen.streams += 1;
        conformance.mediaStreamEnded(stream);
      },
      sessionEnded: () => {
        seen.sessionsEnded += 1;
      },
      sessionLetGo: () => {
        seen.sessionsLetGo += 1;
      },
      flowEnded: (flow) => conformance.flowEnded(flow),
    },
  );
  const packet = new Packet();
  const sent = feedFourWeeks(
    packet,
    () => analysis.push(packet),
    { sessions, messages: sessions * 25 },
    (session) => {
      if (session % 10 !== 0) return;
      analysis.flows.closeSilent(packet.seconds, LIVE_SILENCE);
      seen.mostFlows = Math.max(seen.mostFlows, analysis.flows.size);
      seen.mostSessions = Math.max(seen.mostSessions, analysis.conversations.sessions.all.length);
      seen.mostStreams = Math.max(seen.mostStreams, [...analysis.conversations.media.all()].length);
    },
  );
  analysis.end();
  conformance.end(false);
  return { analysis, conformance, seen, sent };
}

describe('a month of traffic', () => {
  it('is seen whole: every message, every session, every stream', () => {
    const { analysis, seen, sent } = month();
    expect(seen.messages).toBe(sent);
    const { sessions } = analysis.conversations;
    expect(sessions.count + sessions.refusedLogins).toBe(SESSIONS);
    expect(sessions.refusedLogins).toBe(SESSIONS / 7);
    expect(seen.sessionsEnded).toBe(sessions.count);
    expect(seen.streams).toBe(sessions.count);
    expect(analysis.flows.evicted).toBe(0);
    // Of some two thousand connections only those are in the table that may still go on.
    expect(analysis.flows.opened).toBeGreaterThan(2.5 * SESSIONS);
    expect(seen.mostFlows).toBeLessThan(100);
    expect(analysis.flows.silenced).toBeGreaterThan(SESSIONS);
  });

  it('is kept within the limits of a ceiling, and what was let go is counted', () => {
    const limits = limitsFor(160 * MiB, 0.05);
    const { analysis, conformance, seen, sent } = month(limits);
    expect(seen.messages).toBe(sent);
    const { sessions, refusedLogins, mediaStreamsKept } = limits.conversations;
    expect(seen.mostSessions).toBeLessThanOrEqual(sessions + refusedLogins);
    expect(seen.mostStreams).toBeLessThanOrEqual(mediaStreamsKept);
    const reached = analysis.conversations.limitsReached;
    expect(seen.sessionsLetGo).toBe((reached.letGo ?? 0) + (reached.refusedLogins ?? 0));
    expect(seen.sessionsLetGo).toBeGreaterThan(SESSIONS / 2);
    expect(reached.mediaStreamsOfSession).toBeGreaterThan(SESSIONS / 10);
    expect(conformance.ledger.groups.size).toBeLessThanOrEqual(limits.rules.findingGroups);
    // Every session was told of at its end, while it was kept.
    expect(seen.sessionsEnded).toBe(analysis.conversations.sessions.count);
  });

  it('lets go what is beyond limits that become lower', () => {
    const limits = limitsFor(256 * MiB);
    const { analysis, conformance } = month(limits, 200);
    const before = analysis.conversations.sessions.all.length;
    Object.assign(limits.conversations, { sessions: 20, refusedLogins: 5 });
    analysis.trim();
    conformance.trim();
    expect(before).toBeGreaterThan(150);
    expect(analysis.conversations.sessions.all.length).toBe(25);
  });
});
