import type { Command } from 'commander';
import { commandTable } from '../command-table.ts';
import type { Shell } from '../completion/shell-names.ts';
import { completionScript } from '../completion/shells.ts';
import { writeLines } from '../write-lines.ts';

/** Prints the completion script of a shell; the published package holds the same as files. */
export async function completion(shell: Shell, program: Command): Promise<void> {
  await writeLines([completionScript(shell, commandTable(program)).trimEnd()]);
}
