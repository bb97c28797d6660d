import type { StreamRow } from '../model/contract.ts';
import type { Host } from '../panel.ts';
import { confirm } from './confirm.ts';
import { Form, textField } from './form.ts';
import { sayOutcome } from './outcome.ts';

/** Where the video and sound of a stream are to be written. */
export function extractForm(host: Host, stream: StreamRow, name: string): Form {
  const directory = textField('Folder', `${name}-stream-${stream.number}`);
  return new Form(host, `Extract stream ${stream.number}`, [directory], {
    words: () =>
      directory.input.text.trim() === ''
        ? { text: 'A folder needs a name.', wrong: true }
        : { text: 'Video and sound as files of their own, with a manifest.json.', wrong: false },
    accept: () => {
      if (directory.input.text.trim() === '') return;
      host.close();
      extract(host, stream.number, directory.input.text, false);
    },
  });
}

function extract(host: Host, stream: number, directory: string, force: boolean): void {
  host.say(`extracting stream ${stream}`);
  host.model.extract({ stream, directory, force }).then(
    (outcome) => {
      if (outcome.kind === 'exists') {
        host.open(
          confirm(host, 'Extract', `${outcome.path} is there. Replace it?`, () =>
            extract(host, stream, directory, true),
          ),
        );
      } else sayOutcome(host, outcome);
    },
    () => undefined,
  );
}
