import type { CommandTable } from '../command-table.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import type { Shell } from './shell-names.ts';
import { zshCompletion } from './zsh.ts';

/** The completion script of a shell. */
export function completionScript(shell: Shell, table: CommandTable): string {
  switch (shell) {
    case 'bash':
      return bashCompletion(table);
    case 'zsh':
      return zshCompletion(table);
    case 'fish':
      return fishCompletion(table);
  }
}
