import { u32be } from '../../dissectors/core/bytes.ts';
import { PCAP_MAGIC, PCAP_MODIFIED_MAGIC, PCAP_NANOSECOND_MAGIC } from './pcap-parser.ts';
import { SECTION_HEADER } from './pcapng-parser.ts';

/** Bytes that must be there before the format is asked for, unless the file is shorter. */
export const MAGIC_BYTES = 8;

/** What a file is by its first bytes; its name says nothing. */
export type FileFormat =
  | { readonly kind: 'pcap' }
  | { readonly kind: 'pcapng' }
  | { readonly kind: 'compressed'; readonly compression: 'gzip' | 'zstd' }
  /** A compression that is not read. */
  | { readonly kind: 'packed'; readonly name: string }
  /** `name` where another program's captures were recognised. */
  | { readonly kind: 'unknown'; readonly name?: string };

const PACKED: readonly (readonly [signature: string, name: string])[] = [
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['04224d18', 'LZ4'],
  ['504b0304', 'zip'],
  ['377abcaf271c', '7z'],
];

const FOREIGN: readonly (readonly [signature: string, name: string])[] = [
  ['736e6f6f70000000', 'snoop'],
  ['474d4255', 'Microsoft Network Monitor 2.x'],
  ['52545353', 'Microsoft Network Monitor 1.x'],
  ['5452534e49464620', 'Network Associates Sniffer'],
  ['1c0001ac', 'Ixia IxVeriWave'],
  ['ac01001c', 'Ixia IxVeriWave'],
  ['1c0001ab', 'Ixia software'],
  ['ab01001c', 'Ixia software'],
];

export function recogniseFormat(head: Uint8Array): FileFormat {
  if (head.length >= 4) {
    const magic = u32be(head, 0);
    if (magic === SECTION_HEADER) return { kind: 'pcapng' };
    if (isPcap(magic) || isPcap(reversed(magic))) return { kind: 'pcap' };
    if (magic === 0x28b52ffd) return { kind: 'compressed', compression: 'zstd' };
    // A zstd file may begin with a skippable frame, 184d2a50 … 184d2a5f in little-endian order (RFC 8878 section 3.1.2).
    if ((reversed(magic) & 0xfffffff0) === 0x184d2a50) return { kind: 'compressed', compression: 'zstd' };
  }
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b)
    return { kind: 'compressed', compression: 'gzip' };
  const begin = Buffer.from(head.subarray(0, MAGIC_BYTES)).toString('hex');
  const packed = PACKED.find(([signature]) => begin.startsWith(signature));
  if (packed !== undefined) return { kind: 'packed', name: packed[1] };
  const foreign = FOREIGN.find(([signature]) => begin.startsWith(signature));
  return foreign === undefined ? { kind: 'unknown' } : { kind: 'unknown', name: foreign[1] };
}

function isPcap(magic: number): boolean {
  return magic === PCAP_MAGIC || magic === PCAP_NANOSECOND_MAGIC || magic === PCAP_MODIFIED_MAGIC;
}

function reversed(magic: number): number {
  return (
    ((magic >>> 24) | ((magic >>> 8) & 0xff00) | ((magic << 8) & 0xff0000) | ((magic & 0xff) << 24)) >>> 0
  );
}
