import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { commandShape } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';

/** What `guard` takes. */
export const guardShape = {
  rules: z
    .string()
    .min(1)
    .optional()
    .describe('Ask the checks of this YAML file, each with what follows where it fails.')
    .register(commandLine, {
      flag: '--rules <file>',
      group: 'Guarding',
      unset: 'the starter rules',
      more: 'See [guard.md](guard.md#rules).',
    }),

  policy: commandShape.policy,

  learned: z
    .string()
    .min(1)
    .optional()
    .describe('Flag what this model suspects, which `culprit learn` made.')
    .register(commandLine, { flag: '--learned <model>', group: 'Guarding', unset: 'no model' }),

  above: z
    .string()
    .regex(/^(?:0?\.\d{1,6}|[01])$/, { error: 'give a probability, such as 0.8' })
    .transform(Number)
    .optional()
    .describe('With --learned: flag from this probability on.')
    .register(commandLine, {
      flag: '--above <p>',
      group: 'Guarding',
      unset: 'where the bounds of the model say suspect',
    }),

  judge: commandShape.judge,
  judgePrice: commandShape.judgePrice,
  prices: commandShape.prices,
  baseUrl: z
    .string()
    .optional()
    .describe('Set the address of the endpoint for --judge, where it names none.')
    .register(commandLine, {
      flag: '--base-url <url>',
      group: 'Asking a model',
      unset: 'https://api.openai.com/v1',
    }),

  deadline: z
    .int()
    .min(1)
    .max(60_000)
    .default(50)
    .describe('Wait for no answer longer than this, in milliseconds.')
    .register(commandLine, { flag: '--deadline <ms>', group: 'Guarding' }),

  late: z
    .enum(['allow', 'flag', 'block'])
    .default('allow')
    .describe('Do at least this where a check gave no answer in time.')
    .register(commandLine, {
      flag: '--late <action>',
      group: 'Guarding',
      more: '`allow` fails open, `block` fails closed.',
    }),

  enforce: z
    .boolean()
    .default(false)
    .describe('Say what to do, not only what would be done.')
    .register(commandLine, {
      flag: '--enforce',
      group: 'Guarding',
      unset: 'shadow mode: everything is allowed',
    }),
};

const guardSchema = z.strictObject(guardShape);

export type GuardCommandOptions = z.output<typeof guardSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function guardOptions(given: Given): GuardCommandOptions {
  const options = parseOptions(guardSchema, given, spell);
  if (options.above !== undefined && options.learned === undefined)
    throw invalid('--above has no effect without --learned');
  const forJudge = (['judgePrice', 'prices', 'baseUrl'] as const).find((option) => option in given);
  if (options.judge === undefined && forJudge !== undefined)
    throw invalid(`${spell(forJudge)} has no effect without --judge`);
  return options;
}

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);

const spell = (option: string): string =>
  option in guardShape ? longFlag(guardShape[option as keyof typeof guardShape]) : option;
