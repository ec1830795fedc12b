import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type EvalOptions, evalOptions, evalShape } from './eval-options.ts';
import { type Given, longFlag } from './flags.ts';

const ownShape = {
  suite: z
    .string()
    .min(1)
    .default('evals/')
    .describe('Take the suite of the cause in this folder, and add what is kept to it.')
    .register(commandLine, { flag: '--suite <folder>', group: 'Suite' }),

  each: z
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('Make this many cases of each family, at most.')
    .register(commandLine, { flag: '--each <n>', group: 'Suite' }),

  keep: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Add this many cases to the suite, at most.')
    .register(commandLine, { flag: '--keep <n>', group: 'Suite' }),

  repeat: z
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe('Attempt each case this often: it has to fail every time.')
    .register(commandLine, { flag: '--repeat <n>', group: 'Run' }),
};

const { target, prompt, tools, baseUrl, prices, request, response, header } = evalShape;
const { toolResults, timeout, retries, rate, judge, judgePrice, judgeBaseUrl } = evalShape;
const { seed, concurrency, maxCalls, maxTokens, maxCost, json } = evalShape;

/** What `mine` takes. */
export const mineShape = {
  ...{ target, prompt, tools, baseUrl, prices, request, response, header },
  ...{ toolResults, timeout, retries, rate, judge, judgePrice, judgeBaseUrl },
  ...{ seed, concurrency, maxCalls, maxTokens, maxCost, json },
  ...ownShape,
};

const ownSchema = z.strictObject(ownShape);

export type MineOptions = Omit<EvalOptions, 'repeat'> & z.output<typeof ownSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect on this target.
 */
export function mineOptions(given: Given): MineOptions {
  const isOwn = ([key]: readonly [string, unknown]): boolean => key in ownShape;
  const entries = Object.entries(given);
  const own = parseOptions(ownSchema, Object.fromEntries(entries.filter(isOwn)), spell);
  const others = evalOptions(Object.fromEntries(entries.filter((each) => !isOwn(each))));
  if (/^(?:traces|run):/.test(others.target))
    throw new CulpritError(
      'invalid_option',
      `--target ${others.target}: what is recorded has no answers to new requests: give a target that can be asked`,
    );
  return { ...others, ...own };
}

const spell = (option: string): string =>
  option in ownShape ? longFlag(ownShape[option as keyof typeof ownShape]) : option;
