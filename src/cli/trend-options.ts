import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type CommandOptions, commandOptions, commandShape, inFlags } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';
import { checkPage, pageShape } from './page-options.ts';

const { out: _out, open: _open, json: _json, traceUrl: _traceUrl, ...shared } = commandShape;
const { projection: _projection, ...analysis } = shared;

/** What `trend` takes beside the options of the analysis. */
export const trendOwnShape = {
  by: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Show this in order: promptVersion, release, model, environment, day, hour, or a metadata key.',
    )
    .register(commandLine, {
      flag: '--by <attribute>',
      group: 'Comparing',
      unset: 'the versions, if there are several, else days',
      more: 'Days and hours are those of UTC. Keys of nested metadata have dots: `app.region`.',
    }),

  ...pageShape,

  json: z
    .boolean()
    .default(false)
    .describe('Print the trend as JSON to standard output, and nothing else there.')
    .register(commandLine, {
      flag: '--json',
      group: 'Output',
      more: 'See [trend.md](trend.md#json).',
    }),
};

/** What `trend` takes. */
export const trendShape = { ...analysis, ...trendOwnShape };

export type TrendCommandOptions = z.output<z.ZodObject<typeof trendOwnShape>> & {
  readonly analysis: CommandOptions;
};

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function trendOptions(given: Given): TrendCommandOptions {
  const isOwn = ([key]: readonly [string, unknown]): boolean => key in trendOwnShape;
  const entries = Object.entries(given);
  const own = parseOptions(
    z.strictObject(trendOwnShape),
    Object.fromEntries(entries.filter(isOwn)),
    spell,
  );
  const others = Object.fromEntries(entries.filter((entry) => !isOwn(entry)));
  checkPage(own);
  if (own.json && 'top' in given)
    throw new CulpritError(
      'invalid_option',
      '--top needs the table in the terminal: leave out --top or --json',
    );
  return { ...own, analysis: commandOptions({ ...others, out: false }) };
}

const spell = (option: string): string =>
  option in trendOwnShape ? longFlag(trendOwnShape[option as keyof typeof trendOwnShape]) : option;

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inTrendFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  const flag = spell(option);
  if (flag === option) return inFlags(error);
  return new CulpritError(code, flag + message.slice(option.length), { cause: error });
}
