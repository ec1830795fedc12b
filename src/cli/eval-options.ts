import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { REPLAY_MODES } from '../contract/replay.ts';
import { SLICE_USES } from '../verify/verify.ts';
import { type Given, longFlag } from './flags.ts';

/** What `eval` takes. */
export const evalShape = {
  target: z
    .string()
    .min(1)
    .describe(
      'Test this: cmd:<command>, an http address, openai:<model>, a module such as ./agent.ts, or traces:<file>.',
    )
    .register(commandLine, { flag: '--target <spec>', group: 'Target', unset: 'required' }),

  baseline: z
    .string()
    .min(1)
    .optional()
    .describe('Compare with this: another target, run:last, or run:<id>.')
    .register(commandLine, {
      flag: '--baseline <spec>',
      group: 'Target',
      unset: 'guards and controls alone decide',
    }),

  as: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Name the version that is tested, for the record and for eval history.')
    .register(commandLine, { flag: '--as <version>', group: 'Target', unset: 'no name' }),

  prompt: z
    .string()
    .min(1)
    .optional()
    .describe('Give an openai: target the system prompt in this file.')
    .register(commandLine, { flag: '--prompt <file>', group: 'Target', unset: 'that of the case' }),

  baselinePrompt: z
    .string()
    .min(1)
    .optional()
    .describe('Give an openai: baseline the system prompt in this file.')
    .register(commandLine, {
      flag: '--baseline-prompt <file>',
      group: 'Target',
      unset: 'that of the case',
    }),

  tools: z
    .string()
    .min(1)
    .optional()
    .describe('Give openai: targets the tools in this JSON file.')
    .register(commandLine, { flag: '--tools <file>', group: 'Target', unset: 'those of the case' }),

  baseUrl: z
    .string()
    .min(1)
    .optional()
    .describe('Set the base URL of the OpenAI-compatible endpoint of openai: targets.')
    .register(commandLine, {
      flag: '--base-url <url>',
      group: 'Target',
      unset: 'https://api.openai.com/v1',
      more: 'Culprit reads the key from `OPENAI_API_KEY`.',
    }),

  request: z
    .string()
    .min(1)
    .optional()
    .describe('Post this JSON file to an http target, with the case filled in.')
    .register(commandLine, { flag: '--request <file>', group: 'Target', unset: 'the whole case' }),

  response: z
    .string()
    .min(1)
    .optional()
    .describe('Find the answer of an http target here, e.g. choices.0.message.content.')
    .register(commandLine, {
      flag: '--response <path>',
      group: 'Target',
      unset: 'the whole response',
    }),

  header: z
    .array(z.string().regex(/^[\w-]+: ?\S/, { error: 'give name: value' }))
    .default([])
    .describe('Send an http target this header; $NAME in it is read from the environment.')
    .register(commandLine, { flag: '--header <name: value>', group: 'Target', unset: 'none' }),

  toolResults: z
    .enum(['live', ...REPLAY_MODES])
    .optional()
    .describe(
      'Let tools run, or answer their calls from the recording: the next result of the tool (fifo), or with the same arguments (strict).',
    )
    .register(commandLine, {
      flag: '--tool-results <mode>',
      group: 'Target',
      unset: '`fifo` for openai: targets, else `live`',
    }),

  timeout: z
    .int()
    .min(1)
    .max(86_400)
    .default(120)
    .describe('Stop an attempt after this many seconds.')
    .register(commandLine, { flag: '--timeout <seconds>', group: 'Target' }),

  retries: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe('Try an attempt again if its target was not reached, at most this often.')
    .register(commandLine, {
      flag: '--retries <n>',
      group: 'Target',
      more: 'A wrong answer is never tried again.',
    }),

  rate: z
    .int()
    .min(1)
    .optional()
    .describe('Start at most this many calls a minute.')
    .register(commandLine, { flag: '--rate <n>', group: 'Target', unset: 'no limit' }),

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

  maxCost: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,6})?$/, { error: 'give US dollars, for example 2.50' })
    .transform(Number)
    .optional()
    .describe('Stop before the run costs more US dollars than this.')
    .register(commandLine, { flag: '--max-cost <usd>', group: 'Run', unset: 'that of the suite' }),

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

  out: z
    .string()
    .min(1)
    .optional()
    .describe('Also write the result as an HTML report to this file.')
    .register(commandLine, { flag: '--out <file>', group: 'Output', unset: 'none' }),

  open: z
    .boolean()
    .default(false)
    .describe('Open the report in the browser.')
    .register(commandLine, { flag: '--open', group: 'Output' }),

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

  github: z
    .boolean()
    .default(false)
    .describe(
      'In a GitHub workflow, mark the cases that do not pass, and write the summary of the job.',
    )
    .register(commandLine, { flag: '--github', group: 'Output' }),

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
  if (options.open && options.out === undefined)
    throw new CulpritError('invalid_option', '--open needs a report: name one with --out');
  const specs = [options.target, options.baseline ?? ''];
  for (const [names, takes, what] of NEEDS) {
    const unused = names.find((name) => isGiven(options[name]));
    if (unused !== undefined && !specs.some((spec) => takes.test(spec)))
      throw new CulpritError('invalid_option', `${flagOf(unused)} has no effect without ${what}`);
  }
  return options;
}

/** Options that only some targets take. */
const NEEDS: readonly (readonly [readonly (keyof EvalOptions)[], RegExp, string])[] = [
  [['prompt', 'baselinePrompt', 'tools', 'baseUrl'], /^openai:/, 'an openai: target'],
  [['request', 'response', 'header'], /^https?:/, 'an http target'],
  [['toolResults', 'rate'], /^(?!traces:|run:|$)/, 'a target that is asked'],
];

const isGiven = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

const flagOf = (option: keyof typeof evalShape): string => longFlag(evalShape[option]);
