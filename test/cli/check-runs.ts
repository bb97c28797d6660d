import { Ajv2020 } from 'ajv/dist/2020.js';
import { type CheckRecord, checkSchema } from '../../src/report/check/check-schema.ts';
import { client, device, EXAMPLE_SESSION, example, lost, type Step } from '../../src/rules/example.ts';
import { writePcapng } from '../support/capture-writer.ts';
import { examplePackets } from '../support/example-packets.ts';
import type { FedPacket } from '../support/packet-feed.ts';
import { type Conditions, dvrscope, type Ended, scratchDirectory } from './dvrscope.ts';
import { jsonSchema } from './records.ts';

const validate = new Ajv2020({ allErrors: true }).compile(jsonSchema('check'));

export const RULE = 'keepalive/in-time';

/** A check that has ended, with its record. */
export interface Checked extends Ended {
  readonly record: CheckRecord;
}

/** `check --format json`: the document, validated. */
export function checked(args: readonly string[], conditions: Conditions = {}): Checked {
  const ended = dvrscope(['check', '--format', 'json', ...args], conditions);
  const value: unknown = JSON.parse(ended.stdout);
  if (!validate(value)) throw new Error(JSON.stringify(validate.errors));
  return { ...ended, record: checkSchema.parse(value) };
}

/** A login that nothing is wrong with, then what follows. */
function session(...steps: readonly Step[]): Buffer {
  return writePcapng(packetsOf(steps));
}

function packetsOf(steps: readonly Step[]): readonly FedPacket[] {
  const hashed = { UserName: 'viewer', PassWord: 'kHj3x8Qa', EncryptType: 'MD5', LoginType: 'DVRIP-Web' };
  const login = [
    client(0, 1000, hashed),
    device(0.1, 1001, { AliveInterval: 20 }, { sessionId: EXAMPLE_SESSION }),
  ];
  return examplePackets(example('a session', login, steps));
}

const DEVICE = Buffer.from([192, 168, 1, 10]);
const OTHER_DEVICE = Buffer.from([192, 168, 1, 11]);

/** The same of another device: addresses lie behind 14 bytes of Ethernet and 12 of IPv4. */
function ofOtherDevice(packet: FedPacket): FedPacket {
  const bytes = Buffer.from(packet.bytes);
  for (const at of [26, 30]) if (DEVICE.equals(bytes.subarray(at, at + 4))) bytes.set(OTHER_DEVICE, at);
  return { ...packet, bytes };
}

function alive(at: number): readonly Step[] {
  return [client(at, 1006), device(at + 0.1, 1007)];
}

function timeOf({ seconds = 0, nanoseconds = 0 }: FedPacket): number {
  return seconds + nanoseconds / 1e9;
}

/** Captures of one session each, by what the rule on keepalives says of them. */
export interface Captures {
  /** In a directory of their own, without a configuration. */
  readonly write: (name: string, bytes: Uint8Array | string) => string;
  readonly clean: string;
  /** One error of {@link RULE}, and nothing else. */
  readonly silent: string;
  /** The same breach, twice, at other times. */
  readonly silentTwice: string;
  /** The silent one, of 192.168.1.10 and of 192.168.1.11. */
  readonly silentDevices: string;
  /** Bytes are missing. */
  readonly gap: string;
  /** The silent one, cut in its last packet. */
  readonly cut: string;
}

export function checkCaptures(): Captures {
  const write = scratchDirectory();
  const packets = packetsOf([...alive(18), ...alive(60)]);
  const silent = writePcapng(packets);
  return {
    write,
    clean: write('clean.pcapng', session(...alive(18), ...alive(37))),
    silent: write('silent.pcapng', silent),
    silentTwice: write('silent-twice.pcapng', session(...alive(10), ...alive(90), ...alive(170))),
    silentDevices: write(
      'silent-devices.pcapng',
      writePcapng([...packets, ...packets.map(ofOtherDevice)].sort((a, b) => timeOf(a) - timeOf(b))),
    ),
    gap: write('gap.pcapng', session(...alive(18), lost(30, 'client', 90), ...alive(60))),
    cut: write('cut.pcapng', silent.subarray(0, -20)),
  };
}
