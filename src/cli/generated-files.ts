import { messagesPage } from '../report/messages-page.ts';
import { rulesPage } from '../report/rules-page.ts';
import { commandTable } from './command-table.ts';
import { SHELLS, type Shell } from './completion/shell-names.ts';
import { completionScript } from './completion/shells.ts';
import { limitsPage } from './limits/limits-page.ts';
import { manualPage } from './manual-page.ts';
import { buildProgram } from './program.ts';

/** Where each shell wants its script to be called so. */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: 'completions/dvrscope.bash',
  zsh: 'completions/_dvrscope',
  fish: 'completions/dvrscope.fish',
};

export interface GeneratedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** What `npm run docs` writes: pages made from the registry and the rules; completions and manual from the command line. */
export function generatedFiles(version: string): readonly GeneratedFile[] {
  const table = commandTable(buildProgram(version));
  return [
    { path: 'docs/limits.md', text: limitsPage() },
    { path: 'docs/messages.md', text: messagesPage() },
    { path: 'docs/rules.md', text: rulesPage() },
    { path: 'man/dvrscope.1', text: manualPage(table, version) },
    ...SHELLS.map((shell) => ({ path: SCRIPTS[shell], text: completionScript(shell, table) })),
  ];
}
