import { z } from 'zod';

const count = z.int().nonnegative();

const bounds = z
  .strictObject({ min: count.optional(), max: count.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'give min, max or both')
  .refine(({ min = 0, max = Number.MAX_SAFE_INTEGER }) => min <= max, 'min is greater than max');

/** One expectation, as it is written. */
const expectation = z
  .strictObject({
    name: z.string().trim().min(1).max(200).optional().meta({ description: 'what reports call it' }),
    filter: z
      .string()
      .max(10_000)
      .optional()
      .meta({ description: 'counts the messages that `messages -Y` would show' }),
    rule: z.string().max(100).optional().meta({ description: 'counts the findings of a rule' }),
    count: z.union([count, bounds]).optional().meta({ description: 'how many, or between what bounds' }),
    min: count.optional().meta({ description: 'the same as count: {min: n}' }),
    max: count.optional().meta({ description: 'the same as count: {max: n}' }),
    verdict: z.enum(['pass', 'fail', 'not-observed', 'inconclusive', 'waived']).optional(),
  })
  .check((context) => {
    const { filter, rule, count: exact, min, max, verdict } = context.value;
    const say = (message: string) => context.issues.push({ code: 'custom', message, input: context.value });
    if ((filter === undefined) === (rule === undefined)) say('give either filter or rule');
    else if (verdict !== undefined && rule === undefined) say('verdict is for a rule');
    const counted = [exact, min ?? max, verdict].filter((each) => each !== undefined);
    if (counted.length !== 1) say(`give one of count, min and max${rule === undefined ? '' : ', verdict'}`);
    if (min !== undefined && max !== undefined && min > max) say('min is greater than max');
  });

/** The file of `check --expect`. */
export const expectationsSchema = z.array(expectation).max(1000);

export type WrittenExpectation = z.infer<typeof expectation>;
