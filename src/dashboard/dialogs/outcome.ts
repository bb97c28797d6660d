import { formatBytes, plural } from '../../report/format/table.ts';
import type { Outcome } from '../model/contract.ts';
import type { Host } from '../panel.ts';

/** Says at the bottom how a file was made, or why not. */
export function sayOutcome(host: Host, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'done': {
      const [first = ''] = outcome.files;
      const files = outcome.files.length === 1 ? first : plural(outcome.files.length, 'file');
      const notes = outcome.notes.length === 0 ? '' : `; ${outcome.notes.join('; ')}`;
      host.say(`saved ${files}, ${formatBytes(outcome.bytes)}${notes}`, 'good');
      return;
    }
    case 'exists':
      host.say(`${outcome.path} is there already`, 'error');
      return;
    case 'refused':
      host.say(outcome.message, 'error');
      return;
    case 'cancelled':
      host.say('cancelled', 'warning');
  }
}
