/** What becomes of what is beyond a limit, and where one reads that it was reached. */
export type LimitWords = readonly [beyond: string, reported: string];

/** The same for each limit of a group, the groups in it included: a limit without words does not compile. */
export type WordsFor<T> = {
  readonly [Key in keyof T]: T[Key] extends number ? LimitWords : WordsFor<T[Key]>;
};

/** A place where nothing is said, since nothing that was captured is lost. */
export const NOTHING_LOST = 'nowhere: nothing is lost';
