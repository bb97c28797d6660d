/** A zip archive as devices export their configuration in (APPNOTE.TXT 4.3: local headers, central directory, end). */
import { crc32, deflateRawSync } from 'node:zlib';

const VERSION = 20;
const DEFLATED = 8;
/** 2024-02-29 10:08:40 in the format of MS-DOS. */
const TIME = (10 << 11) | (8 << 5) | 20;
const DATE = ((2024 - 1980) << 9) | (2 << 5) | 29;

/* version u16 | flags u16 | method u16 | time u16 | date u16 | crc u32 | packed u32 | plain u32 | name length u16 | extra u16 */
function commonFields(name: Buffer, plain: Buffer, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(TIME, 6);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(plain), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(plain.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

export function zipArchive(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [title, text] of Object.entries(files)) {
    const name = Buffer.from(title);
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain);
    const fields = commonFields(name, plain, packed);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
    // Comment length u16, disk u16, attributes u16 and u32, then the offset of the local header.
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([VERSION, 0]);
    central.push(Buffer.from('PK\x01\x02', 'latin1'), madeBy, fields, tail, name);
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(local.length, 8);
  end.writeUInt16LE(local.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
