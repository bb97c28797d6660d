/**
 * For a program that does not notice the end of its standard input, as tcpdump and dumpcap on a silent line: runs it, and
 * beside it a shell that reads that input, to which nobody ever writes. It ends with us, however we end, and then the program
 * is killed.
 *
 * The program has the process id of the shell that began it (exec). The watching shell is in its process group (the
 * child leads one), and as long as that is so the number is given to no other process (POSIX, «Process ID Reuse»): what is killed is the program
 * or nothing. A parent-death signal (prctl) would be lost where the program gains or drops privileges, as both of them do.
 */
const SCRIPT =
  'exec 3<&0; (trap "" HUP INT TERM; while read -r _; do :; done; kill -s KILL $$) <&3 >/dev/null 2>&1 & exec "$@" 3<&-';

/** What a shell answers where there is no such program (POSIX, Shell & Utilities 2.8.2). */
const NOT_FOUND = 127;

/** The command, watched; it must lead a process group of its own. The words of the program are never read by the shell. */
export function watchedCommand(
  program: string,
  parameters: readonly string[],
): { readonly program: string; readonly parameters: readonly string[] } {
  return { program: 'sh', parameters: ['-c', SCRIPT, 'sh', program, ...parameters] };
}

/** Whether a watched command ended with this code because there is no such program. */
export function isNotFound(exitCode: number | null): boolean {
  return exitCode === NOT_FOUND;
}
