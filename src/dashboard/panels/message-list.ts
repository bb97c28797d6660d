import { KindsForm } from '../dialogs/kinds-form.ts';
import type { Action } from '../keymap.ts';
import type { ListPanel } from '../list/list-panel.ts';
import type { MessageRow, View } from '../model/contract.ts';
import type { Host, Subject } from '../panel.ts';
import { nextTimeMode, type TimeMode } from './message-row.ts';

/** What a list of messages can do beyond other lists, as rows and as a ladder. */
export function messageActions(
  host: Host,
  doors: { compareMessages(left: number, right: number): void },
  panel: ListPanel<'messages'>,
  times: { mode: TimeMode },
  action: Action,
): boolean {
  switch (action) {
    case 'fold':
      panel.setView({ ...panel.view, fold: panel.view.fold !== true });
      host.say(
        panel.view.fold === true ? 'keepalives and media runs are folded' : 'every message has its row',
      );
      return true;
    case 'time':
      times.mode = nextTimeMode(times.mode);
      host.repaint();
      return true;
    case 'compare':
      compareMarked(host, doors, panel);
      return true;
    case 'kinds':
      openKinds(host, panel);
      return true;
    default:
      return false;
  }
}

/** Two marked messages, or the one marked and the one under the cursor. */
function compareMarked(
  host: Host,
  doors: { compareMessages(left: number, right: number): void },
  panel: ListPanel<'messages'>,
): void {
  const [left, second, more] = [...panel.list.marks];
  const right = second ?? panel.selected?.number;
  if (left === undefined || right === undefined || left === right || more !== undefined) {
    host.say(`mark two messages with ${host.keymap.label('mark')} first`, 'warning');
  } else doors.compareMessages(left, right);
}

function openKinds(host: Host, panel: ListPanel<'messages'>): void {
  host.model.kinds(panel.view.scope ?? { of: 'all' }).then(
    (kinds) => {
      if (kinds.length === 0) {
        host.say('there are no messages to hide', 'warning');
        return;
      }
      host.open(
        new KindsForm(host, kinds, panel.view.hiddenIds ?? [], (hiddenIds) =>
          panel.setView({ ...panel.view, hiddenIds }),
        ),
      );
    },
    () => undefined,
  );
}

export function messageSubject(row: MessageRow | undefined, marks: ReadonlySet<number>, view: View): Subject {
  const session = view.scope?.of === 'session' ? view.scope.session : row?.session;
  return {
    ...(marks.size > 0 && { marked: { what: 'messages', numbers: [...marks] } }),
    filtered: { what: 'view', view },
    ...(row !== undefined && { current: { what: 'messages', numbers: [row.number] } }),
    ...(session !== undefined && { session }),
  };
}
