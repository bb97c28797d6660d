import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import type { Subject } from '../../src/rules/ledger.ts';
import { Ledger } from '../../src/rules/ledger.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { brokenRules, runRules } from '../support/run-rules.ts';
import { Socket } from '../support/socket.ts';

const LOGIN = Buffer.from('{"EncryptType":"MD5","LoginType":"DVRIP-Web","PassWord":"x","UserName":"u"}');

function loggedIn(number: number): Socket {
  const id = `0x${number.toString(16).padStart(8, '0')}`;
  const reply = Buffer.from(`{ "AliveInterval" : 20, "Ret" : 100, "SessionID" : "${id}" }`);
  return new Socket(34_567, 50_000 + number)
    .client({ id: 1000, body: LOGIN })
    .device({ id: 1001, version: 1, sessionId: number, body: reply });
}

/** A keep-alive with a number that follows nothing, and its answer. */
function goOn(socket: Socket, number: number): readonly FedPacket[] {
  const before = socket.packets.length;
  const body = Buffer.from(
    `{ "Name" : "KeepAlive", "SessionID" : "0x${number.toString(16).padStart(8, '0')}" }`,
  );
  socket.client({ id: 1006, sequence: 7, sessionId: number, body });
  return socket.packets.slice(before);
}

describe('rules remember a bounded number of flows', () => {
  const first = loggedIn(11);
  const packets = [...first.packets, ...loggedIn(12).packets, ...loggedIn(13).packets, ...goOn(first, 11)];
  const limits = { ...DEFAULT_LIMITS.rules, ruleFlows: 2 };

  it('and break where all of them are remembered', () => {
    expect(brokenRules(runRules(packets))).toContain('sequence/counts-up');
  });

  it('and let the oldest go, count it, and are in doubt when it goes on', () => {
    const run = runRules(packets, { limits });
    expect(run.evicted).toBeGreaterThan(0);
    expect(brokenRules(run)).not.toContain('sequence/counts-up');
    expect(brokenRules(run)).not.toContain('sequence/starts-at-zero');
    expect(run.ledger.tally('sequence/starts-at-zero').doubts.get('evicted')).toBe(1);
  });
});

describe('a ledger keeps no more than it has to', () => {
  it('of a pointer, only the beginning', () => {
    const key = 'k'.repeat(50_000);
    const body = Buffer.from(`{ "${key}" : null, "Name" : "KeepAlive", "SessionID" : "0x0000000b" }`);
    const socket = loggedIn(11).client({ id: 1006, sequence: 1, sessionId: 11, body });
    const groups = [...runRules(socket.packets).ledger.groups.values()];
    const placed = groups.filter(({ subject }) => subject.place?.startsWith('/kkk') === true);
    expect(placed.length).toBeGreaterThan(0);
    for (const { subject, samples } of placed) {
      expect(subject.place?.length).toBeLessThanOrEqual(1025);
      for (const { pointer } of samples) expect(pointer?.length).toBeLessThanOrEqual(1025);
    }
  });

  it('and counts what is known or waived beyond the kinds that it keeps', () => {
    const ledger = new Ledger({ findingGroups: 1, samplesPerGroup: 1 }, ({ place }) =>
      place === '/known' ? { kind: 'known' } : undefined,
    );
    const subject = (place: string): Subject => ({
      rule: 'body/null',
      severity: 'note',
      messageId: 1,
      name: 'X',
      from: 'client',
      place,
    });
    const sample = () => ({
      message: 1,
      packets: [1, 1] as const,
      flow: 1,
      session: 0,
      seconds: 0,
      nanoseconds: 0,
      text: '',
    });
    ledger.add(subject('/new'), sample);
    ledger.add(subject('/known'), sample);
    const { violations, known } = ledger.tally('body/null');
    expect({ violations, known, leftOut: ledger.leftOut }).toEqual({ violations: 2, known: 1, leftOut: 1 });
  });
});

describe('where more requests wait than are kept', () => {
  it('nobody is blamed for an answer to one that was let go', () => {
    const socket = loggedIn(11);
    const body = Buffer.from('{ "Name" : "SystemInfo", "SessionID" : "0x0000000b" }');
    const reply = Buffer.from(
      '{ "Name" : "SystemInfo", "Ret" : 100, "SessionID" : "0x0000000b", "SystemInfo" : {} }',
    );
    for (let i = 1; i <= 70; i += 1) socket.client({ id: 1020, sequence: i, sessionId: 11, body });
    for (let i = 1; i <= 70; i += 1) {
      socket.device({ id: 1021, version: 1, sequence: i, sessionId: 11, body: reply });
    }
    const run = runRules(socket.packets);
    expect(brokenRules(run).filter((rule) => rule.startsWith('exchange/'))).toEqual([]);
    expect(run.ledger.tally('exchange/reply-asked-for').doubts.get('evicted')).toBe(6);
  });
});
