import { isIPv4, isIPv6 } from 'node:net';
import { quoted } from '../span.ts';
import { type Kind, type LiteralOperand, literal, literalText, type Reading, refused } from './kind.ts';

/**
 * The addresses from `first` to `last`, one for a host. Each is a row of hex digits, 8 for IPv4 and 32 for IPv6, so that
 * texts of one length sort as the addresses do; an empty row is no address.
 */
export interface Network {
  readonly first: string;
  readonly last: string;
}

/**
 * Addresses and networks. A subject gives its addresses as text, and a capture has few of them in many messages, so
 * one filter remembers what it has parsed, up to `most` of them; the memory is emptied when full.
 */
export function addressKind(most: number): Kind<string, Network> {
  const hosts = new Map<string, Network>();
  return {
    read: readNetwork,
    literalOf: (text) => {
      const known = hosts.get(text);
      if (known !== undefined) return known;
      const digits = addressDigits(text) ?? '';
      const host = { first: digits, last: digits };
      if (hosts.size >= most) hosts.clear();
      if (text.length <= LONGEST_ADDRESS) hosts.set(text, host);
      return host;
    },
    order: (a, b) => {
      if (a.first.length !== b.first.length || a.first === '') return Number.NaN;
      return a.first < b.first ? -1 : a.last > b.last ? 1 : 0;
    },
  };
}

/** 45 for eight groups of which two are a dotted IPv4 address, and a zone (`%eth0`). */
const LONGEST_ADDRESS = 64;

/** The hex digits of a dotted IPv4 address or one of RFC 4291 section 2.2, its zone left aside. */
export function addressDigits(text: string): string | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  if (isIPv4(text)) return dottedDigits(text);
  if (!isIPv6(text)) return undefined;
  const groups = text
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/[\d.]+$/, (tail) => (isIPv4(tail) ? dottedDigits(tail).replace(/....$/, ':$&') : tail));
  const [head = '', tail = ''] = groups.split('::').map(groupDigits);
  return head.padEnd(32 - tail.length, '0') + tail;
}

function dottedDigits(dotted: string): string {
  return Buffer.from(dotted.split('.').map(Number)).toString('hex');
}

function groupDigits(groups: string): string {
  return groups === ''
    ? ''
    : groups
        .split(':')
        .map((group) => group.padStart(4, '0'))
        .join('');
}

function readNetwork(operand: LiteralOperand): Reading<Network> {
  const text = literalText(operand);
  const slash = text.indexOf('/');
  const digits = addressDigits(slash < 0 ? text : text.slice(0, slash));
  if (digits === undefined) {
    return refused(`${quoted(text)} is not an IP address`, 'write 192.0.2.10, 192.0.2.0/24 or 2001:db8::1');
  }
  if (slash < 0) return literal({ first: digits, last: digits });
  const bits = digits.length * 4;
  const prefix = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : bits + 1;
  if (prefix > bits) {
    return refused(`${quoted(text)} needs a prefix length from 0 to ${bits} after its '/'`);
  }
  const hostMask = (1n << BigInt(bits - prefix)) - 1n;
  const address = BigInt(`0x${digits}`);
  const rowOf = (value: bigint): string => value.toString(16).padStart(digits.length, '0');
  return literal({ first: rowOf(address & ~hostMask), last: rowOf(address | hostMask) });
}
