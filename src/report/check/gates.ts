import { plural } from '../format/table.ts';
import type { CheckOptions } from './check-record.ts';
import type { CheckGate, CheckQuality, CheckRecord } from './check-schema.ts';

const LEVELS = ['error', 'warning', 'note'] as const;
type Level = (typeof LEVELS)[number];

/** The severities that fail a check at this level. */
export function failingSeverities(failOn: CheckRecord['failOn']): readonly Level[] {
  return failOn === 'never' ? [] : LEVELS.slice(0, LEVELS.indexOf(failOn) + 1);
}

/** What was asked of the capture, and whether it was met. Gates that nobody asked for are not there. */
export function gatesOf(
  totals: CheckRecord['totals'],
  quality: CheckQuality,
  coverage: CheckRecord['coverage'],
  options: Pick<CheckOptions, 'failOn' | 'requireComplete' | 'requiredIds' | 'expectations'>,
): CheckGate[] {
  const gates: CheckGate[] = [];
  const { failOn, expectations, requiredIds } = options;
  if (failOn !== 'never') gates.push(findingsGate(totals, failOn));
  if (expectations.length > 0) {
    const missed = expectations.filter(({ met }) => !met).length;
    const all = plural(expectations.length, 'expectation');
    gates.push({
      gate: 'expectations',
      met: missed === 0,
      detail: missed === 0 ? `${all} met` : `${missed} of ${all} not met`,
    });
  }
  if (options.requireComplete) {
    const detail = quality.complete ? 'nothing is known to be missing' : shortfalls(quality);
    gates.push({ gate: 'complete', met: quality.complete, detail });
  }
  if (requiredIds !== undefined) gates.push(coverageGate(coverage, new Set(requiredIds).size));
  return gates;
}

function findingsGate(totals: CheckRecord['totals'], failOn: Level): CheckGate {
  const levels = failingSeverities(failOn);
  const found = levels.filter((level) => totals[level].new > 0);
  const detail = found.map((level) => plural(totals[level].new, level)).join(', ');
  const wanted = levels.map((level) => `${level}s`).join(', ');
  return { gate: 'findings', met: found.length === 0, detail: detail === '' ? `no new ${wanted}` : detail };
}

function coverageGate({ missing }: CheckRecord['coverage'], required: number): CheckGate {
  const met = missing.length === 0;
  const named = missing.slice(0, 10).map(({ id, name }) => `${id} ${name}`);
  const more =
    missing.length > named.length ? [`and ${plural(missing.length - named.length, 'more', 'more')}`] : [];
  const detail = met
    ? `${plural(required, 'required message id')} seen`
    : `not seen: ${[...named, ...more].join(', ')}`;
  return { gate: 'coverage', met, detail };
}

const SHORTFALLS: { readonly [word in CheckQuality['lacks'][number]]: (quality: CheckQuality) => string } = {
  'damaged-file': () => 'a file could not be read to its end',
  dropped: ({ dropped: { kernel = 0, interface: device = 0, between = 0 } }) =>
    `${plural(Math.max(kernel + device, between), 'packet')} dropped`,
  gaps: ({ gaps }) => plural(gaps.count, 'gap'),
  'cut-packets': ({ cutPackets }) => `${plural(cutPackets, 'packet')} cut by the snap length`,
  'incomplete-datagrams': (quality) => `${plural(quality.incompleteDatagrams, 'IP datagram')} incomplete`,
  'one-direction': (quality) => `${plural(quality.oneDirectionFlows, 'connection')} in one direction only`,
  'evicted-flows': ({ evictedFlows }) => `${plural(evictedFlows, 'flow')} let go while open`,
  limits: ({ limits }) => `${plural(limits.length, 'limit')} reached`,
};

/** What the capture lacks, in words. */
export function shortfalls(quality: CheckQuality): string {
  return quality.lacks.map((word) => SHORTFALLS[word](quality)).join(', ');
}
