import type { Talk, Told } from '../support/retold.ts';

/** One change to a clean conversation, and the rules that it breaks: those, and no others. */
export interface Mutation {
  /** What is changed, in a few words. */
  readonly title: string;
  /** Folder of the sample. */
  readonly sample: string;
  readonly change: (said: readonly Told[]) => readonly Told[];
  readonly breaks: readonly string[];
  /** A connection that somebody else has opened. */
  readonly other?: { readonly flow: number; readonly opener: Talk['connections'][number]['opener'] };
  /** Judged by the letter of the specification. */
  readonly spec?: boolean;
}

export interface Which {
  readonly name: string;
  /** From 0. */
  readonly nth?: number;
}

export function placeOf(said: readonly Told[], { name, nth = 0 }: Which): number {
  const places = said.flatMap((told, i) => (told.name === name ? [i] : []));
  const place = places.at(nth);
  if (place === undefined) throw new Error(`the conversation has no ${name} number ${nth}`);
  return place;
}

/** Changes fields of one message. */
export function edit(which: Which, patch: (told: Told) => Partial<Told>): Mutation['change'] {
  return (said) => said.with(placeOf(said, which), patched(said, which, patch));
}

function patched(said: readonly Told[], which: Which, patch: (told: Told) => Partial<Told>): Told {
  const told = said[placeOf(said, which)];
  if (told === undefined) throw new Error('no message there');
  return { ...told, ...patch(told) };
}

/** Changes the JSON body of one message; what the members are set to, undefined takes one away. */
export function editBody(which: Which, members: Readonly<Record<string, unknown>>): Mutation['change'] {
  return edit(which, ({ body }) => ({ body: bodyWith(body, members) }));
}

/** A JSON body with other members; `a.b` is a member of a member. */
export function bodyWith(body: Buffer, members: Readonly<Record<string, unknown>>): Buffer {
  const text = body.toString('utf8').replace(/[\n\0]+$/, '');
  const value: Record<string, unknown> = JSON.parse(text);
  for (const [path, member] of Object.entries(members)) setMember(value, path.split('>'), member);
  return Buffer.from(`${JSON.stringify(value)}\n\0`);
}

function setMember(
  value: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  member: unknown,
): void {
  if (rest.length > 0) setMember(value[key] as Record<string, unknown>, rest, member);
  else if (member === undefined) delete value[key];
  else value[key] = member;
}

/** The body as text, changed. */
export function rewrite(which: Which, change: (text: string) => string): Mutation['change'] {
  return edit(which, ({ body }) => ({ body: Buffer.from(change(body.toString('latin1')), 'latin1') }));
}

export function drop(...which: readonly Which[]): Mutation['change'] {
  return (said) => {
    const places = new Set(which.map((one) => placeOf(said, one)));
    return said.filter((_, i) => !places.has(i));
  };
}

/** Messages are gone, and those behind them on their flow are numbered as if they had never been; pushes count by themselves. */
export function forget(...which: readonly Which[]): Mutation['change'] {
  return (said) => {
    const places = which.map((one) => placeOf(said, one));
    const [first = 0] = places;
    const flow = said[first]?.flow;
    return said.flatMap((told, i) => {
      if (places.includes(i)) return [];
      return i < first || told.flow !== flow || told.name === 'ALARM_REQ'
        ? [told]
        : [{ ...told, sequence: told.sequence - 1 }];
    });
  };
}

/** Every message of a name is gone. */
export function dropAll(name: string): Mutation['change'] {
  return (said) => said.filter((told) => told.name !== name);
}

export function repeat(which: Which, patch: Partial<Told> = {}): Mutation['change'] {
  return (said) => {
    const place = placeOf(said, which);
    const told = said[place];
    return told === undefined ? said : said.toSpliced(place + 1, 0, { ...told, ...patch });
  };
}

/** A message comes right before another one. */
export function move(which: Which, before: Which): Mutation['change'] {
  return (said) => {
    const [from, to] = [placeOf(said, which), placeOf(said, before)];
    const [told, next] = [said[from], said[to]];
    if (told === undefined || next === undefined) return said;
    return said.toSpliced(from, 1).toSpliced(to, 0, { ...told, time: next.time - 0.0001 });
  };
}

/** Something is said right behind a message, by the given side on its flow. */
export function say(behind: Which, told: (there: Told) => Told): Mutation['change'] {
  return (said) => {
    const place = placeOf(said, behind);
    const there = said[place];
    return there === undefined ? said : said.toSpliced(place + 1, 0, told(there));
  };
}

/** From a message on, everything happens later. */
export function wait(before: Which, seconds: number): Mutation['change'] {
  return (said) => {
    const place = placeOf(said, before);
    return said.map((told, i) => (i < place ? told : { ...told, time: told.time + seconds }));
  };
}

export function both(...changes: readonly Mutation['change'][]): Mutation['change'] {
  return (said) => changes.reduce((now, change) => change(now), said);
}

/** The conversation with the change; who closed closes after the last word. */
export function mutated(talk: Talk, { change, other }: Mutation): Talk {
  const said = change(talk.said);
  const last = Math.max(...said.map(({ time }) => time));
  const opened = talk.connections.map((connection) =>
    connection.flow === other?.flow ? { ...connection, opener: other.opener } : connection,
  );
  const connections = opened.map((connection) =>
    connection.closed === undefined || connection.closed.time >= last
      ? connection
      : { ...connection, closed: { ...connection.closed, time: last + 0.001 } },
  );
  return { said, connections };
}
