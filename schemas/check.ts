import { z } from 'zod';

/**
 * What a schema has against a value.
 *
 * *Wrong* is what the specification does not allow and no device is known to do: a required key missing, a wrong type,
 * a value outside a closed enumeration or range. *Odd* is a habit of real devices (field notes §2): an unknown key, a
 * key padded with blanks, a number as text or text as number, 0 or 1 for a flag, null for an empty value, a value
 * beyond those known, a list longer or shorter than usual.
 */
export interface Complaint {
  readonly level: 'wrong' | 'odd';
  readonly kind:
    | 'missing-key'
    | 'wrong-type'
    | 'wrong-value'
    | 'unknown-key'
    | 'padded-key'
    | 'other-case-key'
    | 'number-as-text'
    | 'text-as-number'
    | 'number-for-flag'
    | 'null'
    | 'unusual-value'
    | 'unusual-form'
    | 'unusual-length';
  /** Keys and indices from the root of the value. */
  readonly path: readonly (string | number)[];
  /** What the schema expects, in words of the schema: `integer`, `"A" or "B"`, a key's name. */
  readonly expected: string;
  /** What is there, shortened; never the value of a secret. */
  readonly found: string;
}

const NONE: readonly Complaint[] = [];
/** More complaints about one body than this are not listed: a body of another kind breaks every rule. */
const MOST_COMPLAINTS = 50;

/**
 * All that a schema has against a value; nothing for the clean body, which costs one parse. `interpreted` = without the
 * code that zod otherwise generates for each object of the schema, which pays only when it is used often.
 */
export function checkValue(
  schema: z.ZodType,
  value: unknown,
  { interpreted = false } = {},
): readonly Complaint[] {
  const clean = schema.safeParse(value, { jitless: interpreted });
  if (clean.success) return NONE;
  const told = schema.safeParse(value, { jitless: interpreted, error: encodeIssue });
  if (told.success) return NONE;
  return shorten(dropFound(told.error.issues.flatMap((issue) => complaintsOf(issue, value, []))));
}

/** What is wrong is never crowded out by oddities: a list of channels may make hundreds of them. */
function shorten(complaints: readonly Complaint[]): readonly Complaint[] {
  if (complaints.length <= MOST_COMPLAINTS) return complaints;
  const wrong = complaints.filter(({ level }) => level === 'wrong');
  const odd = complaints.filter(({ level }) => level === 'odd');
  return [...wrong, ...odd].slice(0, MOST_COMPLAINTS);
}

type Issue = z.core.$ZodIssue;

/** What only the raw issue knows, carried over in its message. */
interface Told {
  readonly open: boolean;
  readonly secret: boolean;
  /** The keys that an object knows, where it met others. */
  readonly keys?: readonly string[];
}

function encodeIssue(issue: z.core.$ZodRawIssue): string {
  const marks = issue.inst === undefined ? undefined : z.globalRegistry.get(issue.inst as z.ZodType);
  const told: Told = {
    open: marks?.['x-open'] === true,
    secret: marks?.['x-secret'] === true,
    ...(issue.code === 'unrecognized_keys' &&
      issue.inst instanceof z.ZodObject && { keys: Object.keys(issue.inst.shape) }),
  };
  return JSON.stringify(told);
}

function toldBy(issue: Issue): Told {
  return JSON.parse(issue.message) as Told;
}

function complaintsOf(issue: Issue, root: unknown, before: readonly PropertyKey[]): Complaint[] {
  const path = [...before, ...issue.path].map((part) => (typeof part === 'number' ? part : String(part)));
  const input = valueAt(root, path);
  const { open, secret, keys = [] } = toldBy(issue);
  const found = secret ? typeName(input) : describeValue(input);
  const complaint = (level: Complaint['level'], kind: Complaint['kind'], expected: string): Complaint[] => [
    { level, kind, path, expected, found },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => keyComplaint(key, keys, path));
    case 'invalid_type':
      return typeComplaint(issue.expected, input, complaint);
    case 'invalid_value': {
      const expected = issue.values.map((value) => JSON.stringify(value)).join(' or ');
      const ofType = issue.values.some((value) => typeof value === typeof input);
      if (input === undefined) return complaint('wrong', 'missing-key', expected);
      if (!ofType) return typeComplaint(typeof issue.values[0], input, complaint);
      return open ? complaint('odd', 'unusual-value', expected) : complaint('wrong', 'wrong-value', expected);
    }
    case 'invalid_union':
      return unionComplaint(issue, root, path, complaint);
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      if (Array.isArray(input)) return complaint(open ? 'odd' : 'wrong', 'unusual-length', limit);
      return open ? complaint('odd', 'unusual-value', limit) : complaint('wrong', 'wrong-value', limit);
    }
    case 'invalid_format':
      return complaint(open ? 'odd' : 'wrong', open ? 'unusual-form' : 'wrong-value', issue.format);
    default:
      return complaint(open ? 'odd' : 'wrong', 'wrong-value', 'another value');
  }
}

/** The cost of a branch that is of another type altogether: more than all complaints inside one of the right type. */
const OTHER_TYPE = 1e9;

type Complain = (level: Complaint['level'], kind: Complaint['kind'], expected: string) => Complaint[];

function typeComplaint(expected: string, input: unknown, complain: Complain): Complaint[] {
  const wanted = expected === 'int' ? 'integer' : expected;
  if (input === undefined) return complain('wrong', 'missing-key', wanted);
  if (input === null) return complain('odd', 'null', wanted);
  if ((expected === 'number' || expected === 'int') && isNumberText(input)) {
    return complain('odd', 'number-as-text', wanted);
  }
  if (expected === 'string' && typeof input === 'number') return complain('odd', 'text-as-number', wanted);
  if (expected === 'boolean' && isFlagLike(input)) return complain('odd', 'number-for-flag', wanted);
  return complain('wrong', 'wrong-type', wanted);
}

/**
 * The branch that fits best speaks: one that finds the value only odd, else the one that is of the value's own type (of
 * a list of objects or one object, the list for a list), however much is wrong inside.
 */
function unionComplaint(
  issue: z.core.$ZodIssueInvalidUnion,
  root: unknown,
  path: readonly (string | number)[],
  complain: Complain,
): Complaint[] {
  const branches = issue.errors.map((errors) => errors.flatMap((error) => complaintsOf(error, root, path)));
  const cost = (branch: readonly Complaint[]) =>
    branch.reduce((sum, { level, path: at }) => {
      if (level === 'odd') return sum + 1;
      return sum + (at.length === path.length ? OTHER_TYPE : MOST_COMPLAINTS);
    }, 0);
  let best: Complaint[] | undefined;
  for (const branch of branches) {
    if (branch.length > 0 && (best === undefined || cost(branch) < cost(best))) best = branch;
  }
  return best ?? complain('wrong', 'wrong-type', 'one of several shapes');
}

/** An unknown key may be a known one that is written in an odd way. */
function keyComplaint(
  key: string,
  known: readonly string[],
  parent: readonly (string | number)[],
): Complaint {
  const twin = known.find((name) => name.trim().toLowerCase() === key.trim().toLowerCase());
  const kind =
    twin === undefined ? 'unknown-key' : twin.trim() === key.trim() ? 'padded-key' : 'other-case-key';
  return {
    level: 'odd',
    kind,
    path: [...parent, key],
    expected: twin === undefined ? 'a known key' : describeValue(twin),
    found: describeValue(key),
  };
}

/** A key that is there, but written in an odd way, is not missing as well. */
function dropFound(complaints: readonly Complaint[]): readonly Complaint[] {
  const odd = complaints.filter(({ kind }) => kind === 'padded-key' || kind === 'other-case-key');
  if (odd.length === 0) return complaints;
  return complaints.filter(
    (complaint) =>
      complaint.kind !== 'missing-key' ||
      !odd.some(
        (other) =>
          sameParent(other.path, complaint.path) && other.expected === describeValue(complaint.path.at(-1)),
      ),
  );
}

function sameParent(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.slice(0, -1).every((part, i) => part === b[i]);
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

function isNumberText(input: unknown): boolean {
  return typeof input === 'string' && /^\s*(?:-?\d{1,20}(?:\.\d{1,20})?|0x[0-9a-fA-F]{1,64})\s*$/.test(input);
}

function isFlagLike(input: unknown): boolean {
  if (typeof input === 'number') return input === 0 || input === 1;
  return typeof input === 'string' && /^(?:true|false|0|1)$/i.test(input);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'array' : typeof value;
}

const LONGEST_FOUND = 60;

function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return typeName(value);
  const words = JSON.stringify(value) ?? typeName(value);
  return words.length > LONGEST_FOUND ? `${words.slice(0, LONGEST_FOUND)}…` : words;
}
