import { Argument, type Command } from 'commander';
import { examples } from '../examples.ts';
import { SHELLS, type Shell } from './shell-names.ts';

/** `completion`: prints the script that teaches a shell the command line. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .addHelpText('before', examples('completion'))
    .description('a script that completes dvrscope in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action(async (shell: Shell) => (await import('../commands/completion.ts')).completion(shell, program));
}
