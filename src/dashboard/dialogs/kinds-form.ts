import { formatCount } from '../../report/format/table.ts';
import type { MessageKind } from '../model/contract.ts';
import type { Host } from '../panel.ts';
import { Form, tickField } from './form.ts';

/** Which kinds of messages are shown; what is not ticked is hidden. */
export class KindsForm extends Form {
  constructor(
    host: Host,
    kinds: readonly MessageKind[],
    hidden: readonly number[],
    apply: (hiddenIds: readonly number[]) => void,
  ) {
    const fields = kinds.map(({ id, name, count }) =>
      tickField(`${String(id).padStart(5)} ${name}, ${formatCount(count)}`, !hidden.includes(id)),
    );
    const off = () => kinds.filter((_, i) => fields[i]?.on === false);
    super(host, 'Kinds of messages', fields, {
      words: () => ({
        text:
          off().length === 0
            ? 'All kinds are shown.'
            : `${off().length} of ${kinds.length} kinds are hidden.`,
        wrong: false,
      }),
      accept: () => {
        host.close();
        apply(off().map(({ id }) => id));
      },
    });
  }
}
