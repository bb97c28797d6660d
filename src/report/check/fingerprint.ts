import { createHash } from 'node:crypto';
import type { Subject } from '../../rules/ledger.ts';

/** What stays the same from capture to capture; times, ports, numbers and severities do not. */
export type Fingerprinted = Pick<Subject, 'rule' | 'messageId' | 'from' | 'place'>;

/** 32 hexadecimal digits: the first half of SHA-256, over JSON so that no two subjects run into each other. */
export function fingerprintOf({ rule, messageId, from, place }: Fingerprinted): string {
  const identity = JSON.stringify([rule, messageId ?? null, from ?? null, place ?? null]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
