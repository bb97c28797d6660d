import type { BodySource } from './body.ts';
import type { ChapterSpec } from './chapters.ts';

/** Which numbering the C1 ids follow: `spec` is the table of §6.2.1, `field` what every device seen does (field-notes 3.1). */
export type Dialect = 'field' | 'spec';

/** Who sends it: the CU (viewer, web, app, server), the PU (recorder, camera), or, in active registration, either. */
export type Sender = 'client' | 'device' | 'either';

/**
 * What a body is made of. The `-or-json` ones carry a file when the request succeeds and a JSON body
 * with `Ret` when it does not (field-notes 6.2, 7.8), so the first byte must be looked at.
 */
export type Carrier =
  | 'json'
  | 'media'
  | 'firmware'
  | 'zip'
  | 'zip-or-json'
  | 'jpeg-or-json'
  | 'bitmap'
  | 'text'
  | 'binary';

/** What the analyzer knows of one message id: one entry of one chapter. */
export interface MessageDefinition {
  /** Message id, header bytes 14-15. */
  readonly id: number;
  /** UPPER_CASE name, in the field's standard terms. */
  readonly name: string;
  /** The specification's own spelling, where it differs. */
  readonly alias: string | undefined;
  readonly from: Sender;
  /**
   * `control`: the body is kept whole. `media`: the header has the form of §3.2 (Channel, EndFlag), and
   * the body is a piece of a byte stream, to be handed on and not kept. By id only: a piece may begin with `{`.
   */
  readonly kind: 'control' | 'media';
  readonly carrier: Carrier;
  /** Id of the request that this one answers. */
  readonly replyTo: number | undefined;
  /** Id of the answer to this one. */
  readonly reply: number | undefined;
  /** Number of the heading in the specification that lists it, or the section of the field notes. */
  readonly spec: ChapterSpec;
  /** The one dialect that has it; without it, both. */
  readonly dialect: Dialect | undefined;
  /** What a JSON body must be; only bodies that are JSON have one. */
  readonly body: BodySource | undefined;
}

interface Entry {
  readonly id: number;
  readonly name: string;
  readonly alias?: string;
  readonly from: Sender;
  readonly kind?: 'control' | 'media';
  readonly carrier?: Carrier;
  readonly replyTo?: number;
  readonly reply?: number;
  readonly spec: ChapterSpec;
  readonly dialect?: Dialect;
  readonly body?: BodySource;
}

/** Fills in what most messages share, JSON control in both dialects, so that every entry has one shape. */
export function message(entry: Entry): MessageDefinition {
  const kind = entry.kind ?? 'control';
  return {
    id: entry.id,
    name: entry.name,
    alias: entry.alias,
    from: entry.from,
    kind,
    carrier: entry.carrier ?? (kind === 'media' ? 'media' : 'json'),
    replyTo: entry.replyTo,
    reply: entry.reply,
    spec: entry.spec,
    dialect: entry.dialect,
    body: entry.body,
  };
}
