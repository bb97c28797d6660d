/** What somebody wishes otherwise: some numbers of some groups. */
export type LimitChanges<T> = {
  readonly [Key in keyof T]?: T[Key] extends number ? number : LimitChanges<T[Key]>;
};

/** The limits with the changes made, as a new object; a change that names no limit of these changes nothing. */
export function withChanges<T extends object>(limits: T, changes: LimitChanges<T> | undefined): T {
  const said: ReadonlyMap<string, unknown> = new Map(Object.entries(changes ?? {}));
  const all = Object.entries(limits).map(([key, value]: [string, unknown]) => {
    const change = said.get(key);
    if (isGroup(value)) return [key, withChanges(value, isGroup(change) ? change : undefined)];
    return [key, typeof change === 'number' ? change : value];
  });
  return Object.fromEntries(all) as T;
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
