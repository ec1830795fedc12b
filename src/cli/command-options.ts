import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import {
  type Options,
  optionsShape,
  parseOptions,
  resolveOptions,
  type Spelling,
  withGroupDefaults,
} from '../contract/options.ts';
import { namesModel } from './embedder-spec.ts';
import { type Given, longFlag } from './flags.ts';
import { modelSpec } from './model-spec.ts';
import { targetShape } from './target-options.ts';
import { usDollars } from './us-dollars.ts';

const { policy, checks, ...shared } = optionsShape;
const SHARED = Object.keys(shared) as readonly (keyof typeof shared)[];

/** Two prices: of tokens in and out. */
export const modelPrice = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,6})?\/\d{1,6}(?:\.\d{1,6})?$/, {
    error: 'give two prices, for example 0.15/0.60',
  })
  .transform((text) => {
    const [input, output] = text.split('/').map(Number);
    return { input: input!, output: output! };
  });

/** What `analyze` and `demo` take: the options of an analysis, where files and models are, and what to print. */
export const commandShape = {
  judge: z
    .string()
    .optional()
    .describe(
      'Ask this model: openai:<model>, at OpenAI or at the address of --base-url, or another <provider>:<model>.',
    )
    .register(commandLine, {
      flag: '--judge <spec>',
      group: 'Asking a model',
      unset: 'no model is asked',
      more: 'See [models.md](models.md). **The judge receives text of your traces.**',
    }),

  checks: z
    .array(z.string())
    .default([])
    .describe(checks.description ?? '')
    .register(commandLine, commandLine.get(checks)!),

  ...shared,

  detector: z
    .array(z.string())
    .default([])
    .describe('Also run a detector of your own: a module with the detector as its default export.')
    .register(commandLine, {
      flag: '--detector <file>',
      group: 'Finding failures',
      unset: 'none',
      more: 'See [detectors.md](detectors.md#a-detector-in-a-file).',
    }),

  checkFile: z
    .array(z.string())
    .default([])
    .describe(
      'Also count a trace as failed if a check of this file fails: checks of the catalog (YAML, a suite), or sentences for the judge (one per line, JSON).',
    )
    .register(commandLine, {
      flag: '--check-file <file>',
      group: 'Finding failures',
      unset: 'none',
      more: 'See [checks.md](checks.md) and [detectors.md](detectors.md#a-detector-in-plain-language).',
    }),

  policy: z
    .string()
    .optional()
    .describe(policy.description ?? '')
    .register(commandLine, commandLine.get(policy)!),

  judgePrice: modelPrice
    .optional()
    .describe('Set the price of the judge in US dollars per million tokens, e.g. 0.15/0.60.')
    .register(commandLine, {
      flag: '--judge-price <in/out>',
      group: 'Asking a model',
      unset: 'that of --prices, or the list price, if known',
    }),

  judgeMaxCost: usDollars
    .optional()
    .describe('Stop before the judge could cost more US dollars than this.')
    .register(commandLine, {
      flag: '--judge-max-cost <usd>',
      group: 'Asking a model',
      unset: 'no limit',
      more: 'Needs a price: see [models.md](models.md#prices).',
    }),

  prices: targetShape.prices,

  baseUrl: z
    .string()
    .optional()
    .describe('Set the address of the endpoint for --judge and --embedder, where they name none.')
    .register(commandLine, {
      flag: '--base-url <url>',
      group: 'Asking a model',
      unset: 'https://api.openai.com/v1',
    }),

  json: z
    .boolean()
    .default(false)
    .describe('Print the analysis as JSON to standard output, and nothing else there.')
    .register(commandLine, {
      flag: '--json',
      group: 'Output',
      more: 'See [json.md](json.md). Progress and errors go to standard error.',
    }),

  out: z
    .union([z.string(), z.literal(false)])
    .optional()
    .describe('Write the HTML report to this file.')
    .register(commandLine, {
      flag: '--out <file>',
      negated: 'Write no report.',
      group: 'Output',
      unset: 'culprit-report.html; no report with --json',
    }),

  open: z
    .boolean()
    .default(false)
    .describe('Open the report in the browser.')
    .register(commandLine, { flag: '--open', group: 'Output' }),

  top: z
    .int()
    .min(1)
    .default(10)
    .describe('Set the number of causes to list in the terminal.')
    .register(commandLine, { flag: '--top <n>', group: 'Output' }),
};

const commandSchema = z.strictObject(commandShape);

/** The options of `analyze` and `demo` with the defaults filled in. */
export type CommandOptions = z.output<typeof commandSchema>;

/**
 * The options as they were given, with the defaults filled in. `labelModel`: the model of an option beside these.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function commandOptions(given: Given, labelModel?: string): CommandOptions {
  const options = parseOptions(commandSchema, withGroupDefaults(given), spell);
  rejectWithoutEffect(given, options, labelModel);
  return options;
}

/** The part of the options that belongs to the library. Throws `invalid_option` naming the flag. */
export const analysisOptions = (
  options: CommandOptions,
  read: { readonly policy: unknown; readonly checks: readonly unknown[] },
): Options =>
  resolveOptions(
    {
      ...Object.fromEntries(SHARED.map((option) => [option, options[option]])),
      ...read,
    },
    (option) => (option === 'policy' ? `--policy ${options.policy}` : spell(option)),
  );

const spell: Spelling = (option) =>
  option in commandShape ? longFlag(commandShape[option as keyof typeof commandShape]) : option;

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  return new CulpritError(code, spell(option) + message.slice(option.length), { cause: error });
}

/** Flags that only matter beside another one. */
function rejectWithoutEffect(
  given: Given,
  options: CommandOptions,
  labelModel: string | undefined,
): void {
  const { judge, embedder, json, out } = options;
  const forJudge = (
    ['checks', 'judgeFailures', 'judgePassing', 'judgePrice', 'judgeMaxCost'] as const
  )
    .filter((option) => option in given)
    .map(spell);
  if (judge === undefined && forJudge.length > 0)
    throw withoutEffect(
      forJudge[0]!,
      'a model: name one with --judge openai:<model>, and its address with --base-url if it is not OpenAI',
    );
  const models = [judge, labelModel, namesModel(embedder) ? embedder : undefined].filter(
    (each) => each !== undefined,
  );
  if ('prices' in given && models.length === 0)
    throw withoutEffect('--prices', 'a model: name one with --judge or --embedder');
  if ('baseUrl' in given && models.every((each) => modelSpec(each)?.baseUrl))
    throw withoutEffect(
      '--base-url',
      models.length === 0
        ? 'a model: name one with --judge or --embedder'
        : 'a model without an address of its own',
    );
  const isWritten = out === undefined ? !json : out !== false;
  for (const option of ['traceUrl', 'open'] as const)
    if (option in given && !isWritten)
      throw withoutEffect(
        spell(option),
        `a report: ${json ? 'name one with --out' : 'leave out --no-out'}`,
      );
  if ('top' in given && json)
    throw withoutEffect('--top', 'the list in the terminal: leave out --top or --json');
}

const withoutEffect = (flag: string, needs: string): CulpritError =>
  new CulpritError('invalid_option', `${flag} needs ${needs}`);
