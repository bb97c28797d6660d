/** Builds capture files byte by byte, for tests: every field can be set, also to nonsense. */

export interface WrittenPacket {
  readonly bytes: Uint8Array;
  /** Whole seconds since 1970; 0 unless given. */
  readonly seconds?: number;
  readonly nanoseconds?: number;
  /** Length on the wire; that of `bytes` unless given. */
  readonly wireLength?: number;
  /** pcapng only: number of the interface. */
  readonly interface?: number;
}

export interface PcapOptions {
  readonly bigEndian?: boolean;
  readonly nanoseconds?: boolean;
  /** The 24-byte record header of A. Kuznetzov's patch. */
  readonly modified?: boolean;
  /** LINKTYPE_ number, upper bits included; 1 (Ethernet) unless given. */
  readonly linkType?: number;
  readonly snapLength?: number;
  readonly version?: readonly [major: number, minor: number];
}

/** Bytes of whole numbers in one byte order. */
function numbers(bigEndian: boolean) {
  return {
    u16(value: number): Buffer {
      const bytes = Buffer.alloc(2);
      if (bigEndian) bytes.writeUInt16BE(value);
      else bytes.writeUInt16LE(value);
      return bytes;
    },
    u32(value: number): Buffer {
      const bytes = Buffer.alloc(4);
      if (bigEndian) bytes.writeUInt32BE(value);
      else bytes.writeUInt32LE(value);
      return bytes;
    },
    u64(value: bigint): Buffer {
      const bytes = Buffer.alloc(8);
      if (bigEndian) bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
      else bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
      return bytes;
    },
  };
}

export function pcapHeader(options: PcapOptions = {}): Buffer {
  const {
    bigEndian = false,
    nanoseconds = false,
    modified = false,
    linkType = 1,
    snapLength = 262_144,
  } = options;
  const [major, minor] = options.version ?? [2, 4];
  const { u16, u32 } = numbers(bigEndian);
  const magic = modified ? 0xa1b2cd34 : nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  return Buffer.concat([u32(magic), u16(major), u16(minor), u32(0), u32(0), u32(snapLength), u32(linkType)]);
}

export function pcapRecord(packet: WrittenPacket, options: PcapOptions = {}): Buffer {
  const { u32 } = numbers(options.bigEndian ?? false);
  const fraction = Math.floor((packet.nanoseconds ?? 0) / (options.nanoseconds === true ? 1 : 1000));
  return Buffer.concat([
    u32(packet.seconds ?? 0),
    u32(fraction),
    u32(packet.bytes.length),
    u32(packet.wireLength ?? packet.bytes.length),
    options.modified === true ? Buffer.alloc(8, 0x5a) : Buffer.alloc(0),
    packet.bytes,
  ]);
}

/** A whole pcap file. */
export function writePcap(packets: readonly WrittenPacket[], options: PcapOptions = {}): Buffer {
  return Buffer.concat([pcapHeader(options), ...packets.map((packet) => pcapRecord(packet, options))]);
}

/** A pcapng option; `value` is padded. */
export interface WrittenOption {
  readonly code: number;
  readonly value: Uint8Array;
}

export interface InterfaceOptions {
  readonly linkType?: number;
  readonly snapLength?: number;
  readonly name?: string;
  /** The if_tsresol byte; left out (microseconds) unless given. */
  readonly resolution?: number;
  /** if_tsoffset in seconds. */
  readonly offsetSeconds?: number;
  readonly options?: readonly WrittenOption[];
}

function pad4(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** Writes the blocks of pcapng sections in one byte order. */
export class PcapngWriter {
  readonly #numbers: ReturnType<typeof numbers>;

  constructor(bigEndian = false) {
    this.#numbers = numbers(bigEndian);
  }

  /** Any block around `body`, which is padded. */
  block(type: number, body: Uint8Array): Buffer {
    const { u32 } = this.#numbers;
    const padded = pad4(body);
    return Buffer.concat([u32(type), u32(padded.length + 12), padded, u32(padded.length + 12)]);
  }

  options(options: readonly WrittenOption[]): Buffer {
    if (options.length === 0) return Buffer.alloc(0);
    const { u16, u32 } = this.#numbers;
    const parts = options.map(({ code, value }) =>
      Buffer.concat([u16(code), u16(value.length), pad4(value)]),
    );
    return Buffer.concat([...parts, u32(0)]);
  }

  u32(value: number): Buffer {
    return this.#numbers.u32(value);
  }

  /** A 64-bit option value. */
  u64(value: number | bigint): Buffer {
    return this.#numbers.u64(BigInt(value));
  }

  sectionHeader(
    version: readonly [major: number, minor: number] = [1, 0],
    options: readonly WrittenOption[] = [],
  ): Buffer {
    const { u16, u32, u64 } = this.#numbers;
    const body = [u32(0x1a2b3c4d), u16(version[0]), u16(version[1]), u64(-1n), this.options(options)];
    return this.block(0x0a0d0d0a, Buffer.concat(body));
  }

  interfaceDescription(options: InterfaceOptions = {}): Buffer {
    const { u16, u32, u64 } = this.#numbers;
    const { name, resolution, offsetSeconds } = options;
    const all: WrittenOption[] = [];
    if (name !== undefined) all.push({ code: 2, value: Buffer.from(name) });
    if (resolution !== undefined) all.push({ code: 9, value: Uint8Array.of(resolution) });
    if (offsetSeconds !== undefined) all.push({ code: 14, value: u64(BigInt(offsetSeconds)) });
    all.push(...(options.options ?? []));
    const fixed = [u16(options.linkType ?? 1), u16(0), u32(options.snapLength ?? 0)];
    return this.block(1, Buffer.concat([...fixed, this.options(all)]));
  }

  /** A packet with the time as raw units (see `ticks`). */
  enhancedPacket(packet: WrittenPacket, time: bigint, options: readonly WrittenOption[] = []): Buffer {
    const { u32 } = this.#numbers;
    const head = [u32(packet.interface ?? 0), ...this.#timeAndLengths(packet, time)];
    return this.block(6, Buffer.concat([...head, pad4(packet.bytes), this.options(options)]));
  }

  obsoletePacket(packet: WrittenPacket, time: bigint, drops = 0xffff): Buffer {
    const { u16 } = this.#numbers;
    const head = [u16(packet.interface ?? 0), u16(drops), ...this.#timeAndLengths(packet, time)];
    return this.block(2, Buffer.concat([...head, packet.bytes]));
  }

  simplePacket(packet: WrittenPacket): Buffer {
    const { u32 } = this.#numbers;
    return this.block(3, Buffer.concat([u32(packet.wireLength ?? packet.bytes.length), packet.bytes]));
  }

  interfaceStatistics(id: number, options: readonly WrittenOption[]): Buffer {
    const { u32 } = this.#numbers;
    return this.block(5, Buffer.concat([u32(id), u32(0), u32(0), this.options(options)]));
  }

  #timeAndLengths(packet: WrittenPacket, time: bigint): readonly Buffer[] {
    const { u32 } = this.#numbers;
    return [
      u32(Number((time >> 32n) & 0xffffffffn)),
      u32(Number(time & 0xffffffffn)),
      u32(packet.bytes.length),
      u32(packet.wireLength ?? packet.bytes.length),
    ];
  }
}

/** A packet's time in units of `unitsPerSecond`, as pcapng stores it. */
export function ticks(packet: WrittenPacket, unitsPerSecond: bigint): bigint {
  const nanoseconds = BigInt(packet.nanoseconds ?? 0);
  return BigInt(packet.seconds ?? 0) * unitsPerSecond + (nanoseconds * unitsPerSecond) / 1_000_000_000n;
}

export interface PcapngOptions extends InterfaceOptions {
  readonly bigEndian?: boolean;
}

/** A whole pcapng file: one section, one interface that counts nanoseconds, one block per packet. */
export function writePcapng(packets: readonly WrittenPacket[], options: PcapngOptions = {}): Buffer {
  const { bigEndian = false, ...described } = options;
  const writer = new PcapngWriter(bigEndian);
  return Buffer.concat([
    writer.sectionHeader(),
    writer.interfaceDescription({ resolution: 9, ...described }),
    ...packets.map((packet) => writer.enhancedPacket(packet, ticks(packet, 1_000_000_000n))),
  ]);
}
