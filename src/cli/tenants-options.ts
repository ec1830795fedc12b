import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type CommandOptions, commandOptions, commandShape, inFlags } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';
import { checkPage, pageShape } from './page-options.ts';

const { out: _out, open: _open, json: _json, traceUrl: _traceUrl, ...shared } = commandShape;
const { projection: _projection, ...analysis } = shared;

/** What `tenants` takes beside the options of the analysis. */
export const tenantsOwnShape = {
  tenant: z
    .string()
    .min(1)
    .optional()
    .describe('Analyze this tenant alone: the result holds nothing of any other.')
    .register(commandLine, {
      flag: '--tenant <name>',
      group: 'Comparing',
      unset: 'a table of all tenants',
    }),

  ...pageShape,
  out: pageShape.out
    .describe(
      'Write the result to this file: an HTML report, or JSON where its name ends in .json.',
    )
    .register(commandLine, { flag: '--out <file>', group: 'Output', unset: 'no file' }),

  json: z
    .boolean()
    .default(false)
    .describe('Print the result as JSON to standard output, and nothing else there.')
    .register(commandLine, {
      flag: '--json',
      group: 'Output',
      more: 'See [tenants.md](tenants.md#json).',
    }),
};

/** What `tenants` takes. */
export const tenantsShape = { ...analysis, ...tenantsOwnShape };

export type TenantsCommandOptions = z.output<z.ZodObject<typeof tenantsOwnShape>> & {
  readonly analysis: CommandOptions;
};

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function tenantsOptions(given: Given): TenantsCommandOptions {
  const isOwn = ([key]: readonly [string, unknown]): boolean => key in tenantsOwnShape;
  const entries = Object.entries(given);
  const own = parseOptions(
    z.strictObject(tenantsOwnShape),
    Object.fromEntries(entries.filter(isOwn)),
    spell,
  );
  const { tenant, out, json } = own;
  if (tenant !== undefined && out === undefined && !json)
    throw invalid(
      `--tenant ${tenant} needs a place for the result: --out ${tenant}.html, --out ${tenant}.json, or --json`,
    );
  checkPage(own);
  if (own.open && out?.endsWith('.json'))
    throw invalid(`--open needs a report: --out ${out} is JSON`);
  if ('top' in given && (json || tenant !== undefined))
    throw invalid('--top needs the table in the terminal: leave out --top, --json or --tenant');
  const others = Object.fromEntries(entries.filter((entry) => !isOwn(entry)));
  return { ...own, analysis: commandOptions({ ...others, out: false }) };
}

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);

const spell = (option: string): string =>
  option in tenantsOwnShape
    ? longFlag(tenantsOwnShape[option as keyof typeof tenantsOwnShape])
    : option;

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inTenantsFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  const flag = spell(option);
  if (flag === option) return inFlags(error);
  return new CulpritError(code, flag + message.slice(option.length), { cause: error });
}
