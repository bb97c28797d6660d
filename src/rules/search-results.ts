import { member, type Turn, textMember } from './turn.ts';

export interface FoundFile {
  /** At most 256 characters. */
  readonly name: string;
  readonly begin: string | undefined;
  readonly end: string | undefined;
  /** Rounded up. */
  readonly kibibytes: number | undefined;
}

/** An answer has 64 files as a rule (field notes §7.3). */
const FILES = 1024;
const LONGEST_NAME = 256;

/** The files that the answer to a search lists, under the key of the specification or that of devices (§5.8). */
export function filesFound({ body }: Turn): readonly FoundFile[] {
  const list = member(body, 'OPFileQuery') ?? member(body, 'FileList');
  const files: readonly unknown[] = Array.isArray(list) ? list.slice(0, FILES) : [list];
  return files.flatMap((file) => {
    const name = textMember(file, 'FileName');
    if (name === undefined) return [];
    const length = member(file, 'FileLength');
    const kibibytes = typeof length === 'number' || typeof length === 'string' ? Number(length) : Number.NaN;
    return [
      {
        name: name.slice(0, LONGEST_NAME),
        begin: textMember(file, 'BeginTime')?.slice(0, LONGEST_NAME),
        end: textMember(file, 'EndTime')?.slice(0, LONGEST_NAME),
        kibibytes: kibibytes > 0 ? kibibytes : undefined,
      },
    ];
  });
}
