/** A word as a shell takes it for itself, in a command that people copy: an interface may be called `$(reboot)`. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
