import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { SLICE_USES } from '../verify/verify.ts';
import { modelPrice } from './command-options.ts';
import { type Given, longFlag } from './flags.ts';
import { checkPage, pageShape } from './page-options.ts';
import { targetShape } from './target-options.ts';
import { targetSpec } from './target-spec.ts';
import { usDollars } from './us-dollars.ts';

/** What `eval` takes. */
export const evalShape = {
  ...targetShape,

  judge: z
    .string()
    .min(1)
    .optional()
    .describe('Ask this model about judge checks: openai:<model> or another <provider>:<model>.')
    .register(commandLine, {
      flag: '--judge <spec>',
      group: 'Asking a model',
      unset: 'judge checks cannot tell',
      more: 'See [models.md](models.md). **The judge receives text of your cases and of the answers.**',
    }),

  judgePrice: modelPrice
    .optional()
    .describe('Set the price of the judge in US dollars per million tokens, e.g. 0.15/0.60.')
    .register(commandLine, {
      flag: '--judge-price <in/out>',
      group: 'Asking a model',
      unset: 'that of --prices, or the list price, if known',
    }),

  judgeBaseUrl: z
    .string()
    .min(1)
    .optional()
    .describe('Set the address of the endpoint of the judge, where it names none.')
    .register(commandLine, {
      flag: '--judge-base-url <url>',
      group: 'Asking a model',
      unset: 'https://api.openai.com/v1',
    }),

  label: z
    .array(z.string().min(1))
    .default([])
    .describe('Take the suites with this label.')
    .register(commandLine, { flag: '--label <label>', group: 'Run', unset: 'all suites' }),

  repeat: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('Attempt each case this often.')
    .register(commandLine, {
      flag: '--repeat <n>',
      group: 'Run',
      unset: 'what the suite has registered; 1 for recorded traces',
    }),

  slice: z
    .enum(SLICE_USES)
    .optional()
    .describe('Use slices that no run has spent, also spent ones (again), or none (off).')
    .register(commandLine, {
      flag: '--slice <use>',
      group: 'Run',
      unset: '`once` with a baseline, `off` without',
    }),

  seed: z
    .int()
    .min(0)
    .default(42)
    .describe('Give every attempt a seed made from this.')
    .register(commandLine, { flag: '--seed <n>', group: 'Run' }),

  concurrency: z
    .int()
    .min(1)
    .max(256)
    .default(4)
    .describe('Make this many attempts at a time.')
    .register(commandLine, { flag: '--concurrency <n>', group: 'Run' }),

  maxCalls: z
    .int()
    .min(1)
    .optional()
    .describe('Stop before the run makes more calls of the target than this.')
    .register(commandLine, { flag: '--max-calls <n>', group: 'Run', unset: 'that of the suite' }),

  maxTokens: z
    .int()
    .min(1)
    .optional()
    .describe('Stop before the run uses more tokens than this.')
    .register(commandLine, { flag: '--max-tokens <n>', group: 'Run', unset: 'that of the suite' }),

  maxCost: usDollars
    .optional()
    .describe('Stop before the run costs more US dollars than this.')
    .register(commandLine, { flag: '--max-cost <usd>', group: 'Run', unset: 'that of the suite' }),

  attemptTokens: z
    .int()
    .min(1)
    .optional()
    .describe('Declare that one attempt takes at most this many tokens, its retries included.')
    .register(commandLine, {
      flag: '--attempt-tokens <n>',
      group: 'Run',
      unset: 'the largest so far',
    }),

  attemptCost: usDollars
    .optional()
    .describe('Declare that one attempt costs at most this many US dollars, its retries included.')
    .register(commandLine, {
      flag: '--attempt-cost <usd>',
      group: 'Run',
      unset: 'the largest so far',
    }),

  runs: z
    .string()
    .min(1)
    .optional()
    .describe('Keep the records of runs in this folder.')
    .register(commandLine, {
      flag: '--runs <folder>',
      group: 'Run',
      unset: '`runs` beside the suites',
    }),

  resume: z
    .boolean()
    .default(false)
    .describe('Continue the last run, which did not end, without paying twice.')
    .register(commandLine, { flag: '--resume', group: 'Run' }),

  aa: z
    .boolean()
    .default(false)
    .describe('Run the target against itself, and say how often this gate raises a false alarm.')
    .register(commandLine, { flag: '--aa', group: 'Run' }),

  ...pageShape,

  junit: z
    .string()
    .min(1)
    .optional()
    .describe('Also write the cases as JUnit XML to this file.')
    .register(commandLine, { flag: '--junit <file>', group: 'Output', unset: 'none' }),

  markdown: z
    .string()
    .min(1)
    .optional()
    .describe('Also write the result as Markdown to this file, for a comment that is updated.')
    .register(commandLine, { flag: '--markdown <file>', group: 'Output', unset: 'none' }),

  otlp: z
    .string()
    .min(1)
    .optional()
    .describe('Also write what the checks said as OTLP logs (JSON Lines) to this file.')
    .register(commandLine, { flag: '--otlp <file>', group: 'Output', unset: 'none' }),

  github: z
    .boolean()
    .default(false)
    .describe(
      'In a GitHub workflow, mark the cases that do not pass, and write the summary of the job.',
    )
    .register(commandLine, { flag: '--github', group: 'Output' }),

  server: z
    .string()
    .min(1)
    .optional()
    .describe('Also send the run to this server, whose workspace shows it.')
    .register(commandLine, {
      flag: '--server <url>',
      group: 'Output',
      unset: 'none',
      more: 'Culprit reads a key with the scope `write`, where the server requires one, from `CULPRIT_API_KEY`. **The server receives the suites and the answers of the target.**',
    }),

  project: z
    .string()
    .min(1)
    .optional()
    .describe('Send it to this project of the server.')
    .register(commandLine, { flag: '--project <name>', group: 'Output', unset: 'that of the key' }),

  json: z
    .boolean()
    .default(false)
    .describe('Print the result as JSON to standard output, and nothing else there.')
    .register(commandLine, { flag: '--json', group: 'Output' }),
};

const evalSchema = z.strictObject(evalShape);

export type EvalOptions = z.output<typeof evalSchema>;

/**
 * The options as they were given.
 * @throws CulpritError `invalid_option` naming the flag; also for one that has no effect on these targets.
 */
export function evalOptions(given: Given): EvalOptions {
  const options = parseOptions(evalSchema, given, (option) =>
    option in evalShape ? flagOf(option as keyof typeof evalShape) : option,
  );
  if (options.aa && options.baseline !== undefined)
    throw new CulpritError(
      'invalid_option',
      '--baseline has no effect with --aa, which runs the target against itself',
    );
  if (options.github && options.json)
    throw new CulpritError(
      'invalid_option',
      '--github and --json both write to standard output: give one',
    );
  if (options.project !== undefined && options.server === undefined)
    throw new CulpritError('invalid_option', '--project has no effect without --server');
  refuseUnused(options);
  checkPage(options);
  return options;
}

/** Throws `invalid_option` for an option without what it applies to. */
function refuseUnused(options: EvalOptions): void {
  const kinds = [options.target, options.baseline ?? ''].map((spec) => targetSpec(spec)?.kind);
  const [target, baseline] = kinds;
  const isAsked = kinds.some((kind) => kind !== undefined && kind !== 'traces' && kind !== 'run');
  const needs: readonly (readonly [readonly (keyof EvalOptions)[], boolean, string])[] = [
    [['prompt'], takesFiles(target), 'a model, a command or a module as the target'],
    [['baselinePrompt'], takesFiles(baseline), 'a model, a command or a module as the baseline'],
    [['tools'], kinds.some(takesFiles), 'a model, a command or a module'],
    [['baseUrl'], kinds.includes('model'), 'a model such as openai:<model>'],
    [['request', 'response', 'header'], kinds.includes('http'), 'an http target'],
    [['toolResults', 'rate'], isAsked, 'a target that is asked'],
    [['prices'], kinds.includes('model') || options.judge !== undefined, 'a model'],
    [['judgePrice', 'judgeBaseUrl'], options.judge !== undefined, '--judge'],
  ];
  for (const [names, isUsed, what] of needs) {
    const unused = names.find((name) => isGiven(options[name]));
    if (unused !== undefined && !isUsed && targetSpec(options.target) !== null)
      throw new CulpritError('invalid_option', `${flagOf(unused)} has no effect without ${what}`);
  }
}

const takesFiles = (kind: string | undefined): boolean =>
  kind === 'model' || kind === 'command' || kind === 'module';

const isGiven = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

const flagOf = (option: keyof typeof evalShape): string => longFlag(evalShape[option]);
