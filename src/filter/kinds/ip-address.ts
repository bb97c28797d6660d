/** An address as unsigned 32-bit words, most significant first: one for IPv4, four for IPv6. */
export interface Address {
  readonly words: readonly number[];
}

/** Dotted decimal or RFC 4291 section 2.2 text, a zone (`%eth0`) left aside; undefined for anything else. */
export function readAddress(text: string): Address | undefined {
  const percent = text.indexOf('%');
  const bare = percent < 0 ? text : text.slice(0, percent);
  if (!bare.includes(':')) {
    const word = percent < 0 ? readIpv4(bare) : undefined;
    return word === undefined ? undefined : { words: [word] };
  }
  const groups = readIpv6(bare);
  if (groups === undefined) return undefined;
  const words: number[] = [];
  for (let i = 0; i < groups.length; i += 2) {
    words.push((groups[i] ?? 0) * 0x1_0000 + (groups[i + 1] ?? 0));
  }
  return { words };
}

/** Four decimal octets without leading zeros: `010` is eight to some readers and ten to others. */
function readIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let word = 0;
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0'))) return undefined;
    word = word * 256 + Number(octet);
  }
  return word;
}

const GROUPS = 8;
/** Eight groups of four digits and seven colons, or six groups and a dotted quad: 45 characters. */
const LONGEST = 45;

function readIpv6(text: string): readonly number[] | undefined {
  if (text.length > LONGEST) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0] ?? '', halves.length === 1);
  const tail = readGroups(halves[1] ?? '', true);
  if (head === undefined || tail === undefined) return undefined;
  if (halves.length === 1) return head.length === GROUPS ? head : undefined;
  // `::` stands for one group of zeros at least.
  const zeros = GROUPS - head.length - tail.length;
  return zeros < 1 ? undefined : [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

/** Groups of one half; the last may be a dotted IPv4 address when the half ends the text. */
function readGroups(half: string, endsText: boolean): readonly number[] | undefined {
  if (half === '') return [];
  const groups: number[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const quad = endsText && index === parts.length - 1 ? readIpv4(part) : undefined;
    if (quad === undefined) return undefined;
    groups.push(Math.floor(quad / 0x1_0000), quad % 0x1_0000);
  }
  return groups;
}
