/** A chapter of the specification's list of messages (§6.2), and what it is about. */
export interface Chapter {
  /** Heading of §6.2, or the section of the field notes: what `spec` of a message says. */
  readonly spec: string;
  /** C1 to C27; four headings have none. */
  readonly number?: string;
  readonly title: string;
}

export const CHAPTERS = [
  { spec: '6.2.1', number: 'C1', title: 'login, logout and keepalive' },
  { spec: '6.2.2', number: 'C2', title: 'device information' },
  { spec: '6.2.3', number: 'C3 to C11', title: 'configuration' },
  { spec: '6.2.4', title: 'system debugging' },
  { spec: '6.2.5', number: 'C12', title: 'abilities' },
  { spec: '6.2.6', number: 'C13', title: 'pan, tilt and zoom' },
  { spec: '6.2.7', number: 'C14', title: 'live view' },
  { spec: '6.2.8', number: 'C15', title: 'playback and download' },
  { spec: '6.2.9', number: 'C16', title: 'two-way audio' },
  { spec: '6.2.10', number: 'C17', title: 'search for recordings and log entries' },
  { spec: '6.2.11', number: 'C18', title: 'system management and time' },
  { spec: '6.2.12', number: 'C19', title: 'disks' },
  { spec: '6.2.13', number: 'C20', title: 'users and groups' },
  { spec: '6.2.14', number: 'C21', title: 'alarms' },
  { spec: '6.2.15', number: 'C22', title: 'upgrade' },
  { spec: '6.2.16', number: 'C23', title: 'discovery of devices' },
  { spec: '6.2.17', number: 'C24', title: 'import and export of configuration and logs' },
  { spec: '6.2.18', number: 'C25', title: 'keyboard over the network' },
  { spec: '6.2.19', number: 'C26', title: 'snapshots and key frames' },
  { spec: '6.2.20', number: 'C27', title: 'transparent serial ports' },
  { spec: '6.2.21', title: 'time synchronisation at login' },
  { spec: '6.2.22', title: 'upload of snapshots' },
  { spec: 'field-notes 3.3', title: 'known from devices only' },
] as const satisfies readonly Chapter[];

/** What `spec` of a message may say: a chapter of its own makes it show up in docs/messages.md. */
export type ChapterSpec = (typeof CHAPTERS)[number]['spec'];

const BY_SPEC: ReadonlyMap<string, Chapter> = new Map(CHAPTERS.map((chapter) => [chapter.spec, chapter]));

/** The chapter that a message stands in, by its `spec`. */
export function chapterOf(spec: string): Chapter | undefined {
  return BY_SPEC.get(spec);
}
