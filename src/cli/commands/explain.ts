import { safeLine } from '../../report/format/safe-text.ts';
import { explainText } from '../../report/text/explain-text.ts';
import { findTopics, nearestTopic } from '../../report/topics.ts';
import { outputStyle } from '../colour.ts';
import type { CommandOptions } from '../command.ts';
import { EXIT, Failure, usageError } from '../failure.ts';
import { Output } from '../output.ts';

/** What a message, an object, a return code, a rule or a finding means. */
export async function explain(word: string | undefined, options: CommandOptions): Promise<void> {
  if (word === undefined) {
    throw usageError(
      'explain needs a topic: the id or name of a message, an object, a return code, a rule or a finding',
    );
  }
  const topics = findTopics(word);
  if (topics.length === 0) {
    const meant = nearestTopic(word);
    const hint =
      meant === undefined
        ? 'topics are ids and names of messages, objects, return codes, rules and findings'
        : `did you mean '${meant}'?`;
    throw usageError(`nothing is known about '${safeLine(word.slice(0, 80))}'; ${hint}`);
  }
  const output = new Output(process.stdout, { closed: () => undefined, writing: () => undefined });
  const style = outputStyle(options);
  topics.forEach((topic, i) => {
    if (i > 0) output.line('');
    for (const line of explainText(topic, style)) output.line(line);
  });
  await output.written();
  if (output.failure !== undefined) {
    throw new Failure(EXIT.input, `standard output: cannot be written to (${output.failure})`);
  }
}
