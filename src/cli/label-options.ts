import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type Given, longFlag } from './flags.ts';
import { usDollars } from './us-dollars.ts';

/** What a model that proposes takes, and what it may take. */
export const labelShape = {
  labelModel: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Ask this model what is behind the first ten causes: openai:<model> or another <provider>:<model>.',
    )
    .register(commandLine, {
      flag: '--label-model <spec>',
      group: 'Asking a model',
      unset: 'no model is asked',
      more: 'Code checks every quote; see [models.md](models.md#the-label-model). Not for `demo`. **It receives text of your traces.**',
    }),

  labelMaxCost: usDollars
    .optional()
    .describe('Stop before the label model could cost more US dollars than this.')
    .register(commandLine, {
      flag: '--label-max-cost <usd>',
      group: 'Asking a model',
      unset: 'no limit',
      more: 'Needs a price: see [models.md](models.md#prices).',
    }),

  labelMaxCalls: z
    .int()
    .min(1)
    .optional()
    .describe('Stop before the label model is called more often than this.')
    .register(commandLine, {
      flag: '--label-max-calls <n>',
      group: 'Asking a model',
      unset: 'no limit',
    }),

  askAgain: z
    .boolean()
    .default(false)
    .describe('Ask again what a stopped run asked without an answer, which may be charged twice.')
    .register(commandLine, { flag: '--ask-again', group: 'Asking a model' }),
};

const labelSchema = z.strictObject(labelShape);

export type LabelOptions = z.output<typeof labelSchema>;

/**
 * The options of the label model, apart from the others.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function splitLabelOptions(given: Given): {
  readonly label: LabelOptions;
  readonly others: Given;
} {
  const isLabel = ([key]: readonly [string, unknown]): boolean => key in labelShape;
  const entries = Object.entries(given);
  const own = Object.fromEntries(entries.filter(isLabel));
  const label = parseOptions(labelSchema, own, spell);
  const [unused] = Object.keys(own).filter((key) => key !== 'labelModel');
  if (label.labelModel === undefined && unused !== undefined)
    throw new CulpritError(
      'invalid_option',
      `${spell(unused)} needs a model: name one with --label-model`,
    );
  return { label, others: Object.fromEntries(entries.filter((each) => !isLabel(each))) };
}

const spell = (option: string): string =>
  option in labelShape ? longFlag(labelShape[option as keyof typeof labelShape]) : option;
