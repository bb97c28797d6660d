import { FILTER_LIMITS } from '../limits.ts';
import { quotedCharacters } from '../quoted-text.ts';
import { quoted } from '../span.ts';
import { type Address, readAddress } from './ip-address.ts';
import { type Kind, type LiteralOperand, literal, type Reading, refused } from './kind.ts';

/** An address with the bits of it that count: all of them for a host, the prefix of a network. */
export interface Network {
  readonly address: Address;
  readonly mask: readonly number[];
}

export type AddressKind = Kind<string, Network>;

/**
 * Addresses and networks. A subject gives its addresses as text, and a capture has few of them in many messages, so
 * one filter remembers what it has parsed; the memory is emptied when full.
 */
export function addressKind(): AddressKind {
  const parsed = new Map<string, Address | undefined>();
  const parse = (text: string): Address | undefined => {
    const known = parsed.get(text);
    if (known !== undefined || parsed.has(text)) return known;
    const address = readAddress(text);
    if (text.length > LONGEST_TEXT) return address;
    if (parsed.size >= FILTER_LIMITS.cachedAddresses) parsed.clear();
    parsed.set(text, address);
    return address;
  };
  return {
    read: readNetwork,
    equal: (value, network) => compareMasked(parse(value), network) === 0,
    order: (value, network) => compareMasked(parse(value), network),
    literalOf: (value) => {
      const address = parse(value);
      return address === undefined ? undefined : host(address);
    },
    orderLiterals: (a, b) => compareMasked(a.address, b),
  };
}

/** No proper address is longer: eight groups, or six and a dotted IPv4 address. */
const LONGEST_TEXT = 45;

function host(address: Address): Network {
  return { address, mask: address.words.map(() => 0xffff_ffff) };
}

/** Numeric order under the network's mask; NaN for no address or one of the other family. */
function compareMasked(address: Address | undefined, network: Network): number {
  if (address === undefined || address.words.length !== network.address.words.length) return Number.NaN;
  for (let i = 0; i < network.mask.length; i++) {
    const mask = network.mask[i] ?? 0;
    const difference =
      (((address.words[i] ?? 0) & mask) >>> 0) - (((network.address.words[i] ?? 0) & mask) >>> 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function readNetwork(operand: LiteralOperand): Reading<Network> {
  const text = operand.kind === 'word' ? operand.text : quotedCharacters(operand);
  const slash = text.indexOf('/');
  const address = readAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) {
    return refused(`${quoted(text)} is not an IP address`, 'write 192.0.2.10, 192.0.2.0/24 or 2001:db8::1');
  }
  if (slash < 0) return literal(host(address));
  const bits = address.words.length * 32;
  const prefix = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : Number.NaN;
  if (!(prefix <= bits))
    return refused(`${quoted(text)} needs a prefix length from 0 to ${bits} after its '/'`);
  return literal({ address, mask: address.words.map((_, word) => maskWord(prefix - word * 32)) });
}

/** A word with its `bits` highest bits set, for any number of bits. */
function maskWord(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}
