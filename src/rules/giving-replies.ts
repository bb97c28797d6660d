/**
 * Replies that are there to give something, and under which names where their request names nothing: device
 * information, configuration, titles, abilities, searches, time, accounts and upgrade information (§5.2 … §5.15).
 * Where a request has a `Name`, the reply carries that object.
 */
export const GIVING_REPLIES: ReadonlyMap<number, string | undefined> = new Map([
  [1021, undefined],
  [1043, undefined],
  [1045, undefined],
  [1049, undefined],
  [1361, undefined],
  [1363, undefined],
  [1441, 'OPFileQuery'],
  [1443, 'OPLogQuery'],
  [1445, 'OPFileQuery'],
  [1453, 'OPTimeQuery'],
  [1471, 'AuthorityList'],
  [1473, 'Users'],
  [1475, 'Groups'],
  [1526, 'OPSystemUpgrade'],
]);
