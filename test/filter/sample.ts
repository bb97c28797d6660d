import { type Field, FieldTable, type FilterTime } from '../../src/filter/fields.ts';

/** A message as the tests of the filter see it; what is undefined is absent. */
export interface Sample {
  readonly number?: number;
  readonly seconds?: number;
  readonly time?: FilterTime;
  readonly addresses?: readonly string[];
  readonly ports?: readonly number[];
  readonly id?: number;
  readonly name?: string;
  readonly users?: readonly string[];
  readonly valid?: boolean;
  readonly payload?: Uint8Array;
}

function shows<V>(value: V | undefined, visit: (value: V) => boolean): boolean {
  return value !== undefined && visit(value);
}

const MESSAGE_IDS = new Map([
  ['LOGIN_REQ2', 1000],
  ['LOGIN_RSP', 1001],
  ['MONITOR_REQ', 1413],
]);

const FIELDS: readonly Field<Sample>[] = [
  { name: 'frame.number', type: 'number', help: 'packet', each: (s, visit) => shows(s.number, visit) },
  { name: 'frame.time', type: 'time', help: 'time', each: (s, visit) => shows(s.time, visit) },
  {
    name: 'frame.time_relative',
    type: 'number',
    help: 'seconds',
    each: (s, visit) => shows(s.seconds, visit),
  },
  {
    name: 'ip.addr',
    type: 'address',
    help: 'either end',
    each: (s, visit) => (s.addresses ?? []).some(visit),
  },
  { name: 'ip.src', type: 'address', help: 'sender', each: (s, visit) => shows(s.addresses?.[0], visit) },
  { name: 'ip.dst', type: 'address', help: 'receiver', each: (s, visit) => shows(s.addresses?.[1], visit) },
  { name: 'tcp.port', type: 'number', help: 'either port', each: (s, visit) => (s.ports ?? []).some(visit) },
  { name: 'tcp.srcport', type: 'number', help: 'sender', each: (s, visit) => shows(s.ports?.[0], visit) },
  { name: 'tcp.dstport', type: 'number', help: 'receiver', each: (s, visit) => shows(s.ports?.[1], visit) },
  {
    name: 'dvrip.msgid',
    type: 'number',
    help: 'message id',
    each: (s, visit) => shows(s.id, visit),
    enumeration: MESSAGE_IDS,
  },
  { name: 'dvrip.name', type: 'string', help: 'message name', each: (s, visit) => shows(s.name, visit) },
  { name: 'dvrip.user', type: 'string', help: 'users', each: (s, visit) => (s.users ?? []).some(visit) },
  {
    name: 'dvrip.valid',
    type: 'boolean',
    help: 'obeys the schema',
    each: (s, visit) => shows(s.valid, visit),
  },
  { name: 'dvrip.payload', type: 'bytes', help: 'payload', each: (s, visit) => shows(s.payload, visit) },
];

export const TABLE = new FieldTable(FIELDS);

/** A login request from a client to a device. */
export const LOGIN: Sample = {
  number: 7,
  seconds: 0.25,
  time: { seconds: Date.UTC(2026, 10, 22, 10, 0, 0) / 1000, nanoseconds: 250_000_000 },
  addresses: ['192.168.0.20', '192.168.1.10'],
  ports: [51000, 34567],
  id: 1000,
  name: 'LOGIN_REQ2',
  users: ['admin', '管理员'],
  valid: true,
  payload: Uint8Array.of(0xff, 0x00, 0x00, 0x41, 0x62, 0x0a),
};

export const IPV6: Sample = { number: 8, addresses: ['2001:db8::1', 'fe80::20%eth0'], name: '' };

export const NOTHING: Sample = {};
