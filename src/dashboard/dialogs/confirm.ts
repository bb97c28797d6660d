import type { Host } from '../panel.ts';
import { choiceField, Form } from './form.ts';

/** A question that is answered with no or yes; no comes first. */
export function confirm(host: Host, title: string, question: string, yes: () => void): Form {
  const answer = choiceField(question, ['no', 'yes']);
  return new Form(host, title, [answer], {
    words: () => ({
      text: `${host.keymap.label('choose-right')} chooses, ${host.keymap.label('accept')} answers.`,
      wrong: false,
    }),
    accept: () => {
      host.close();
      if (answer.chosen === 1) yes();
    },
  });
}
