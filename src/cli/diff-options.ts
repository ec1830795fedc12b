import * as z from 'zod';
import { CHANGE_STATES, type ChangeState } from '../contract/change-state.ts';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type CommandOptions, commandOptions, commandShape, inFlags } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';
import { checkPage, pageShape } from './page-options.ts';

const { out: _out, open: _open, traceUrl: _traceUrl, json: _json, ...analysis } = commandShape;

const states = z.string().transform((text, context): readonly ChangeState[] =>
  text.split(',').flatMap((word) => {
    const found = CHANGE_STATES.find((state) => state === word.trim());
    if (found !== undefined && found !== 'cannot tell' && found !== 'same') return [found];
    context.addIssue(`must be new, grown, gone, shrunk, or several of them: grown,new`);
    return [];
  }),
);

const split = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,6})?:\d{1,6}(?:\.\d{1,6})?$/, {
    error: 'must be two numbers, for example 50:50',
  })
  .transform((text) => {
    const [before, after] = text.split(':').map(Number);
    return after! / (before! + after!);
  })
  .refine((share) => share > 0 && share < 1, { error: 'must be above 0 on both sides' });

/** What `diff` takes beside the options of the analysis. */
const ownShape = {
  by: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Compare groups of one file: promptVersion, release, model, environment, tenant, day, or a metadata key.',
    )
    .register(commandLine, {
      flag: '--by <attribute>',
      group: 'Comparing',
      unset: 'two files, or --against',
      more: 'Also `operation`, `language`, `promptName` and `project`. Days are those of UTC. Keys of nested metadata have dots: `app.region`.',
    }),

  from: z
    .string()
    .min(1)
    .optional()
    .describe('With --by: the value to compare with.')
    .register(commandLine, {
      flag: '--from <value>',
      group: 'Comparing',
      unset: 'the one before, by time',
      more: 'By the first trace of each; values of fewer than 100 traces are passed over. Without times, by name.',
    }),

  to: z
    .string()
    .min(1)
    .optional()
    .describe('With --by: the value that is compared.')
    .register(commandLine, { flag: '--to <value>', group: 'Comparing', unset: 'the last by time' }),

  against: z
    .string()
    .min(1)
    .optional()
    .describe('Compare with an earlier run: the output of culprit analyze --json.')
    .register(commandLine, {
      flag: '--against <file>',
      group: 'Comparing',
      unset: 'none',
      more: 'New traces are assigned to its causes, by its conditions and its facts of the file. What fits none is listed by itself.',
    }),

  split: split
    .optional()
    .describe('Warn if traces did not come in this ratio, e.g. 50:50.')
    .register(commandLine, {
      flag: '--split <before:after>',
      group: 'Comparing',
      unset: 'no ratio is expected',
      more: 'For experiments that divide the traffic. The alarm is at p < 0.001.',
    }),

  failOn: states
    .optional()
    .describe('Exit with 100 if a cause is in one of these states: grown, new, gone, shrunk.')
    .register(commandLine, {
      flag: '--fail-on <states>',
      group: 'Output',
      unset: 'exit with 0',
      more: 'Several with commas: `grown,new`. Exits with 3 if no cause could be tested. Failures whose cause is not known count too. Causes that moved with the mix of the traffic do not count.',
    }),

  markdown: z
    .boolean()
    .default(false)
    .describe('Print Markdown, for a comment on a pull request.')
    .register(commandLine, { flag: '--markdown', group: 'Output' }),

  ...pageShape,

  json: z
    .boolean()
    .default(false)
    .describe('Print the comparison as JSON to standard output, and nothing else there.')
    .register(commandLine, {
      flag: '--json',
      group: 'Output',
      more: 'See [diff.md](diff.md#json). Progress and errors go to standard error.',
    }),
};

/** What `diff` takes: what is compared, and the options of the analysis. */
export const diffShape = { ...analysis, ...ownShape };

export type DiffCommandOptions = z.output<z.ZodObject<typeof ownShape>> & {
  readonly analysis: CommandOptions;
};

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag.
 */
export function diffOptions(given: Given): DiffCommandOptions {
  const isOwn = ([key]: readonly [string, unknown]): boolean => key in ownShape;
  const entries = Object.entries(given);
  const own = parseOptions(
    z.strictObject(ownShape),
    Object.fromEntries(entries.filter(isOwn)),
    spell,
  );
  const others = Object.fromEntries(entries.filter((entry) => !isOwn(entry)));
  checkPage(own);
  if (own.json && own.markdown)
    throw new CulpritError('invalid_option', '--json and --markdown: give one of them');
  if ((own.json || own.markdown) && 'top' in given)
    throw new CulpritError(
      'invalid_option',
      '--top needs the list in the terminal: leave out --top, --json or --markdown',
    );
  return { ...own, analysis: commandOptions({ ...others, out: false }) };
}

const spell = (option: string): string =>
  option in ownShape ? longFlag(ownShape[option as keyof typeof ownShape]) : option;

/** Options of the library under the names of their flags. */
const FLAGS: Readonly<Record<string, string>> = { expectedShare: '--split' };

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inDiffFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  const flag = FLAGS[option] ?? spell(option);
  if (flag === option) return inFlags(error);
  return new CulpritError(code, flag + message.slice(option.length), { cause: error });
}
