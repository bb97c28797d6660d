import { Analysis, type AnalysisOptions } from '../../src/analysis/analysis.ts';
import { DEFAULT_LIMITS } from '../../src/analysis/limits.ts';
import { ALL_RULES } from '../../src/rules/all-rules.ts';
import { Conformance, type ConformanceOptions } from '../../src/rules/conformance.ts';
import type { Example } from '../../src/rules/example.ts';
import { verdictOf } from '../../src/rules/ledger.ts';
import { examplePackets } from './example-packets.ts';
import { type FedPacket, PacketFeed } from './packet-feed.ts';

/** Between these capture times, in seconds, others were dropped, as the capture says at this place. */
export interface DroppedHere {
  readonly from: number;
  readonly to: number;
}

/** Runs all rules over packets, to the end. */
export function runRules(
  packets: Iterable<FedPacket | DroppedHere>,
  options: Partial<ConformanceOptions> = {},
  analysisOptions: AnalysisOptions = {},
): Conformance {
  const conformance = new Conformance(ALL_RULES, {
    dialect: 'field',
    limits: DEFAULT_LIMITS.rules,
    ...options,
  });
  const analysis = new Analysis(analysisOptions, {
    message: (message) => conformance.message(message),
    streamFinding: (dvrip, side, finding) => conformance.streamFinding(dvrip, side, finding),
    unanswered: (dvrip, asked) => conformance.unanswered(dvrip, asked),
    mediaStreamEnded: (stream) => conformance.mediaStreamEnded(stream),
    flowEnded: (flow) => conformance.flowEnded(flow),
    dropped: (from, to) => conformance.dropped(from, to),
  });
  const feed = new PacketFeed((packet) => analysis.push(packet));
  for (const part of packets) {
    if ('bytes' in part) feed.push(part);
    else analysis.dropped(part.from, part.to);
  }
  analysis.end();
  conformance.end(false);
  return conformance;
}

/** Runs all rules over an example, by the dialect that it is meant for. */
export function runExample(example: Example): Conformance {
  const dialect = example.spec === true ? 'spec' : 'field';
  return runRules(examplePackets(example), { dialect }, { dialect });
}

/**
 * The rules that something broke. The security area judges what is done, not how it is said: an ordinary login shows
 * its hash to everybody. So it is left out unless it is asked for.
 */
export function brokenRules(conformance: Conformance, withSecurity = false): readonly string[] {
  const ids = [...conformance.ledger.groups.values()].map(({ subject }) => subject.rule);
  return [...new Set(ids)].filter((id) => withSecurity || !id.startsWith('security/')).sort();
}

export function verdictFor(conformance: Conformance, rule: string): string {
  return verdictOf(conformance.ledger.tally(rule));
}

/** What was found, by `severity rule message`, with the words of the first of each. */
export function brokenGroups(conformance: Conformance): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { subject, samples } of conformance.ledger.groups.values()) {
    const { severity, rule, name = '-' } = subject;
    const [first] = samples;
    found.set(`${severity} ${rule} ${name}`, `message ${first?.message}: ${first?.text}`);
  }
  return found;
}
