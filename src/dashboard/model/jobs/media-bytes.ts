import type { MessageBytes, ModelOptions } from '../contract.ts';
import { shownBytes } from '../detail/message-detail.ts';
import { modelRunLimits } from '../run-limits.ts';
import type { Job } from './job.ts';
import { analyseAgain } from './second-pass.ts';

/** The first bytes of a message's body, by reading the captures up to it. */
export async function readMessageBytes(
  options: ModelOptions,
  job: Job,
  number: number,
): Promise<MessageBytes | undefined> {
  const { hexBytes } = modelRunLimits(options.limits).dashboard;
  const found = new AbortController();
  let answer: MessageBytes | undefined;
  await analyseAgain(
    options,
    job,
    {
      message: (message) => {
        if (message.number !== number) return;
        const body = message.body.subarray(message.bodyStart, message.bodyEnd);
        answer = { number, ...shownBytes(body, options.showSecrets === true, hexBytes) };
        found.abort();
      },
    },
    { keptMediaBytes: hexBytes },
    found.signal,
  );
  return answer;
}
