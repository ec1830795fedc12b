import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { optionsShape, parseOptions } from '../contract/options.ts';
import { commandShape } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';

/** What `learn` takes beside the options of a store. */
export const learnShape = {
  columns: optionsShape.columns,

  labels: z
    .string()
    .min(1)
    .optional()
    .describe('Read the labels from this file: JSON Lines, JSON or CSV with trace_id and label.')
    .register(commandLine, {
      flag: '--labels <file>',
      group: 'Learning',
      unset: 'what the traces record; with --from an address, the labels of its people',
      more: 'See [learn.md](learn.md#labels).',
    }),

  scores: optionsShape.scores
    .describe('Count a trace as labeled failed if a score breaks this rule, e.g. "rating<3".')
    .register(commandLine, { flag: '--score <rule>', group: 'Learning', unset: 'none' }),

  imitate: z
    .string()
    .min(1)
    .optional()
    .describe('Learn from the score of this judge instead of labels of people.')
    .register(commandLine, {
      flag: '--imitate <score>',
      group: 'Learning',
      unset: 'labels of people',
    }),

  apply: z
    .string()
    .min(1)
    .optional()
    .describe('Learn nothing: list the traces that this model suspects, most suspect first.')
    .register(commandLine, { flag: '--apply <model>', group: 'Learning', unset: 'learn a model' }),

  stepBudget: optionsShape.stepBudget,
  policy: commandShape.policy,
  seed: optionsShape.seed,

  out: z
    .string()
    .min(1)
    .optional()
    .describe('Write the model to this file; with --apply, every trace as a line of JSON.')
    .register(commandLine, {
      flag: '--out <file>',
      group: 'Output',
      unset: 'no file: the card alone is printed',
    }),

  json: z
    .boolean()
    .default(false)
    .describe('Print the result as JSON to standard output, and nothing else there.')
    .register(commandLine, {
      flag: '--json',
      group: 'Output',
      more: 'See [learn.md](learn.md#json).',
    }),

  top: z
    .int()
    .min(1)
    .default(20)
    .describe('With --apply: set the number of traces to list in the terminal.')
    .register(commandLine, { flag: '--top <n>', group: 'Output' }),
};

const learnSchema = z.strictObject(learnShape);

export type LearnCommandOptions = z.output<typeof learnSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function learnOptions(given: Given): LearnCommandOptions {
  const options = parseOptions(learnSchema, given, spell);
  const labels = (['labels', 'scores', 'imitate'] as const).filter((option) => option in given);
  if (labels.length > 1)
    throw invalid(
      `${labels.map(spell).join(' and ')} name different labels, which are never mixed: give one of them`,
    );
  const useless =
    options.apply === undefined
      ? (['top'] as const)
      : (['labels', 'scores', 'imitate', 'stepBudget', 'policy', 'seed'] as const);
  const [found] = useless.filter((option) => option in given);
  if (found !== undefined)
    throw invalid(
      options.apply === undefined
        ? `${spell(found)} has no effect without --apply`
        : `${spell(found)} has no effect with --apply: the model holds what it was learned with`,
    );
  if (options.json && 'top' in given)
    throw invalid('--top needs the list in the terminal: leave out --top or --json');
  return options;
}

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);

const spell = (option: string): string =>
  option in learnShape ? longFlag(learnShape[option as keyof typeof learnShape]) : option;
