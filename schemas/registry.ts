import { LOGIN } from './c01-login.ts';
import { SYSTEM_INFO } from './c02-system-info.ts';
import { CONFIG } from './c03-config.ts';
import { ABILITY } from './c12-ability.ts';
import { PTZ } from './c13-ptz.ts';
import { MONITOR } from './c14-monitor.ts';
import { PLAYBACK } from './c15-playback.ts';
import { TALK } from './c16-talk.ts';
import { SEARCH } from './c17-search.ts';
import { SYSTEM } from './c18-system.ts';
import { DISK } from './c19-disk.ts';
import { USERS } from './c20-users.ts';
import { ALARM } from './c21-alarm.ts';
import { UPGRADE } from './c22-upgrade.ts';
import { DISCOVERY } from './c23-discovery.ts';
import { IMPORT_EXPORT } from './c24-import-export.ts';
import { KEYBOARD } from './c25-keyboard.ts';
import { SNAPSHOT } from './c26-snapshot.ts';
import { SERIAL } from './c27-serial.ts';
import { FIELD, UNNAMED } from './field.ts';
import type { Dialect, MessageDefinition } from './message.ts';
import { PHOTO } from './photo.ts';
import { SYSTEM_DEBUG } from './system-debug.ts';
import { TIME_SYNC } from './time-sync.ts';

export type { Dialect, MessageDefinition } from './message.ts';

/** Every message of the specification, in its order, then those known from the field only. */
export const MESSAGES: readonly MessageDefinition[] = [
  ...LOGIN,
  ...SYSTEM_INFO,
  ...CONFIG,
  ...SYSTEM_DEBUG,
  ...ABILITY,
  ...PTZ,
  ...MONITOR,
  ...PLAYBACK,
  ...TALK,
  ...SEARCH,
  ...SYSTEM,
  ...DISK,
  ...USERS,
  ...ALARM,
  ...UPGRADE,
  ...DISCOVERY,
  ...IMPORT_EXPORT,
  ...KEYBOARD,
  ...SNAPSHOT,
  ...SERIAL,
  ...TIME_SYNC,
  ...PHOTO,
  ...FIELD,
];

const KNOWN = 1;
const MEDIA = 2;
/** One byte for each id the 16-bit header field can hold: the hot path asks twice for every message. */
const FLAGS = flagsOf(MESSAGES);

const FIELD_BY_ID = indexOf('field');
const SPEC_BY_ID = indexOf('spec');
/** In the `spec` dialect id 1000 is request and reply (§6.2.1); the index above holds the reply. */
const SPEC_LOGIN_REQUEST = MESSAGES.find((m) => m.dialect === 'spec' && m.id === 1000 && m.from === 'client');

function flagsOf(messages: readonly MessageDefinition[]): Uint8Array {
  const flags = new Uint8Array(0x10000);
  for (const { id, kind } of messages) flags[id] = kind === 'media' ? KNOWN | MEDIA : KNOWN;
  for (const id of UNNAMED) flags[id] = KNOWN;
  return flags;
}

function indexOf(dialect: Dialect): ReadonlyMap<number, MessageDefinition> {
  const index = new Map<number, MessageDefinition>();
  for (const entry of MESSAGES) {
    if (entry.dialect === undefined || entry.dialect === dialect) index.set(entry.id, entry);
  }
  return index;
}

/**
 * What an id means in a dialect; undefined for an id nobody has named.
 *
 * @param from who sent it, where known: needed for id 1000 of the `spec` dialect only, which without it is LOGIN_RSP.
 */
export function describeMessage(
  dialect: Dialect,
  id: number,
  from?: 'client' | 'device',
): MessageDefinition | undefined {
  if (dialect === 'field') return FIELD_BY_ID.get(id);
  if (id === 1000 && from === 'client') return SPEC_LOGIN_REQUEST;
  return SPEC_BY_ID.get(id);
}

/** The name of an id, `UNKNOWN_1234` where it has none: such a message is shown like any other. */
export function messageName(dialect: Dialect, id: number, from?: 'client' | 'device'): string {
  return describeMessage(dialect, id, from)?.name ?? `UNKNOWN_${id}`;
}

/** Whether the body is a piece of a media or firmware stream, to be handed on, not kept. The same in both dialects. */
export function isMediaId(id: number): boolean {
  return ((FLAGS[id] as number) & MEDIA) !== 0;
}

/** Whether any dialect or device is known to use the id: one sign that a header is no accident. */
export function isKnownId(id: number): boolean {
  return ((FLAGS[id] as number) & KNOWN) !== 0;
}
