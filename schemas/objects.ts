import { z } from 'zod';
import { ABILITIES } from './abilities.ts';
import { ACCOUNTS } from './accounts.ts';
import { ALARMS } from './alarms.ts';
import { ABILITY_SETTINGS } from './config/ability.ts';
import { ALARM_CONFIG } from './config/alarm.ts';
import { CAMERA, CAMERA_ABILITY } from './config/camera.ts';
import { DETECT } from './config/detect.ts';
import { ENCODE } from './config/encode.ts';
import { GENERAL } from './config/general.ts';
import { NETWORK } from './config/network.ts';
import { NETWORK_SERVICES } from './config/network-services.ts';
import { RECORD } from './config/record.ts';
import { SELDOM_TOLD } from './config/seldom-told.ts';
import { STORAGE } from './config/storage.ts';
import { SYSTEM_SETTINGS } from './config/system.ts';
import { UART } from './config/uart.ts';
import { VIDEO } from './config/video.ts';
import { FIELD_OPERATIONS } from './field-operations.ts';
import { INFORMATION } from './information.ts';
import { maybe } from './kinds.ts';
import { MEDIA_OPERATIONS } from './media-operations.ts';
import type { ObjectDefinition } from './object.ts';
import { OPERATIONS } from './operations.ts';
import { SEARCHES } from './searches.ts';
import { UNCARRIED } from './uncarried.ts';

/** Every object that a body may carry by name, by family and in the order of its sources. */
export const OBJECTS: readonly ObjectDefinition[] = [
  ...ENCODE,
  ...VIDEO,
  ...CAMERA,
  ...RECORD,
  ...STORAGE,
  ...DETECT,
  ...ALARM_CONFIG,
  ...NETWORK,
  ...NETWORK_SERVICES,
  ...GENERAL,
  ...SYSTEM_SETTINGS,
  ...UART,
  ...ABILITY_SETTINGS,
  ...SELDOM_TOLD,
  ...UNCARRIED,
  ...ABILITIES,
  ...CAMERA_ABILITY,
  ...INFORMATION,
  ...ACCOUNTS,
  ...ALARMS,
  ...OPERATIONS,
  ...MEDIA_OPERATIONS,
  ...SEARCHES,
  ...FIELD_OPERATIONS,
];

const BY_NAME: ReadonlyMap<string, ObjectDefinition> = new Map(OBJECTS.map((entry) => [entry.name, entry]));

/** `Record.[0]`, `Detect.MotionDetect.[0]`, `X.[0].[3]`: the name, then indices. */
const INDEXED = /^(.*?)((?:\.?\[\d{1,4}\])+)$/;

/** How a name selects an object. */
export interface Selection {
  readonly definition: ObjectDefinition | undefined;
  /** Schema of the value under the name. */
  readonly schema: z.ZodType;
  /** `whole`: X. `element`: X.[0]. `tree`: a prefix of several objects. `field`: a member of X. */
  readonly form: 'whole' | 'element' | 'tree' | 'field';
}

/**
 * The schemas of objects, each built when it is first asked for (a capture with three kinds of body builds three).
 * Only names that select something are remembered, so a flood of made-up names costs no memory.
 */
export class ObjectSchemas {
  readonly #built = new Map<string, Selection>();

  /** What `Name` selects, in a request or a reply; undefined for a name that nobody knows. */
  select(name: string, reply: boolean): Selection | undefined {
    // What follows an @ picks one flag of ChannelSystemFunction (field notes 3.3); it says nothing of the shape.
    const generic = name.replace(/@.*$/s, '').replace(/\[\d{1,4}\]/g, '[0]');
    const key = reply ? `reply ${generic}` : generic;
    const known = this.#built.get(key);
    if (known !== undefined) return known;
    const selection = build(generic, reply);
    if (selection !== undefined) this.#built.set(key, selection);
    return selection;
  }
}

function build(name: string, reply: boolean): Selection | undefined {
  const exact = BY_NAME.get(name);
  if (exact !== undefined) return { definition: exact, schema: rootSchema(exact, reply), form: 'whole' };
  const indexed = INDEXED.exec(name);
  if (indexed !== null) return element(indexed[1] ?? '', (indexed[2] ?? '').split('[').length - 1, reply);
  return tree(name, reply) ?? field(name, reply);
}

function rootSchema(definition: ObjectDefinition, reply: boolean): z.ZodType {
  return (reply ? definition.reply : undefined)?.() ?? definition.value();
}

function element(name: string, depth: number, reply: boolean): Selection | undefined {
  const definition = BY_NAME.get(name);
  if (definition === undefined) return undefined;
  let schema: z.ZodType | undefined = definition.element?.();
  if (schema === undefined || depth > 1) {
    schema = rootSchema(definition, reply);
    for (let i = 0; i < depth && schema !== undefined; i++) schema = elementOf(schema);
  }
  // A single object that a device addresses by an index all the same is taken for itself.
  return { definition, schema: schema ?? rootSchema(definition, reply), form: 'element' };
}

function elementOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodUnion) {
    for (const option of schema.options) if (option instanceof z.ZodArray) return option.element as z.ZodType;
  }
  return undefined;
}

/** A whole branch, as `General` or `Detect` ask for: the objects below it by the rest of their names. */
function tree(name: string, reply: boolean): Selection | undefined {
  const below = OBJECTS.filter((entry) => entry.family === 'config' && entry.name.startsWith(`${name}.`));
  if (below.length === 0) return undefined;
  const shape: Record<string, z.ZodType> = {};
  for (const entry of below) shape[entry.name.slice(name.length + 1)] = maybe(rootSchema(entry, reply));
  return { definition: undefined, schema: z.strictObject(shape), form: 'tree' };
}

/** A member of an object, as `NetWork.NetCommon.HostName` sets it. */
function field(name: string, reply: boolean): Selection | undefined {
  const parts = name.split('.');
  for (let cut = parts.length - 1; cut > 0; cut--) {
    const definition = BY_NAME.get(parts.slice(0, cut).join('.'));
    if (definition === undefined) continue;
    let schema: z.ZodType | undefined = rootSchema(definition, reply);
    for (const part of parts.slice(cut)) schema = schema === undefined ? undefined : memberOf(schema, part);
    if (schema !== undefined) return { definition, schema, form: 'field' };
  }
  return undefined;
}

function memberOf(schema: z.ZodType, key: string): z.ZodType | undefined {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (key === '[0]') return elementOf(inner);
  // One object or a list of them: the member is that of the object.
  if (inner instanceof z.ZodUnion) {
    for (const option of inner.options) {
      const member = memberOf(option as z.ZodType, key);
      if (member !== undefined) return member;
    }
    return undefined;
  }
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, key)) return undefined;
  const member: unknown = inner.shape[key];
  if (member instanceof z.ZodOptional) return member.unwrap() as z.ZodType;
  return member instanceof z.ZodType ? member : undefined;
}
