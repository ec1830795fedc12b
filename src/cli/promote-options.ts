import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions, resolveOptions } from '../contract/options.ts';
import { REDACTIONS } from '../contract/redaction.ts';
import { SUITE_FOLDER } from '../text/promote-line.ts';
import { commandShape } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';

/** Of the options of `analyze`, those that show its result have no effect here. */
const { json: _json, out: _out, open: _open, top: _top, ...shownElsewhere } = commandShape;
const { all: _all, traceUrl: _traceUrl, projection: _projection, ...analysis } = shownElsewhere;

/** What `promote` takes: the options of the analysis, so that it finds the same causes, and those of the suite. */
export const promoteShape = {
  ...analysis,

  suite: z
    .string()
    .min(1)
    .default(SUITE_FOLDER)
    .describe('Write the suite into this folder; new cases of a cause go to the suite that it has.')
    .register(commandLine, { flag: '--suite <folder>', group: 'Suite' }),

  cause: z
    .int()
    .min(1)
    .optional()
    .describe('Promote the cause with this rank, instead of one named by its id.')
    .register(commandLine, {
      flag: '--cause <rank>',
      group: 'Suite',
      unset: 'the id after the files',
    }),

  pick: z
    .array(z.string().min(1))
    .default([])
    .describe('Make the trace with this id a guard.')
    .register(commandLine, {
      flag: '--pick <trace>',
      group: 'Suite',
      unset: 'the most typical failure, the least typical, and one unlike both',
    }),

  redact: z
    .enum(REDACTIONS)
    .default('mask')
    .describe('Take personal data and secrets out of the cases.')
    .register(commandLine, {
      flag: '--redact <mode>',
      group: 'Suite',
      more: 'The same value always becomes the same text. A trace that proves nothing without the lost value is left out and named.',
    }),

  json: z
    .boolean()
    .default(false)
    .describe('Print what was written as JSON to standard output, and nothing else there.')
    .register(commandLine, { flag: '--json', group: 'Output' }),
};

const promoteSchema = z.strictObject(promoteShape);

export type PromoteCommandOptions = z.output<typeof promoteSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag.
 */
export function promoteOptions(given: Given): PromoteCommandOptions {
  const options = parseOptions(promoteSchema, given, spell);
  const { redact, redactSalt } = options;
  resolveOptions({ redact, redactSalt }, spell);
  return options;
}

const spell = (option: string): string =>
  option in promoteShape ? longFlag(promoteShape[option as keyof typeof promoteShape]) : option;

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inPromoteFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  return new CulpritError(code, spell(option) + message.slice(option.length), { cause: error });
}
