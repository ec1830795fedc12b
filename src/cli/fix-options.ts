import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions, resolveOptions } from '../contract/options.ts';
import { evalShape } from './eval-options.ts';
import { type Given, longFlag } from './flags.ts';
import { labelShape } from './label-options.ts';
import { checkPage, pageShape } from './page-options.ts';
import { promoteShape } from './promote-options.ts';
import { targetShape } from './target-options.ts';
import { targetSpec } from './target-spec.ts';

const { pick: _pick, json: _json, suite: _suite, cause: _cause, ...analysis } = promoteShape;
const { labelModel: _labelModel, ...labelBudget } = labelShape;
const { toolResults, timeout, retries, rate } = targetShape;
const { repeat, concurrency, maxCalls, maxTokens, maxCost, attemptTokens, attemptCost } = evalShape;

/** Options that say how a hypothesis is tried: without a target, nothing is. */
const trialShape = {
  ...{ toolResults, timeout, retries, rate },
  ...{ repeat, concurrency, maxCalls, maxTokens, maxCost, attemptTokens, attemptCost },

  slice: z
    .enum(['once', 'again'])
    .default('once')
    .describe('Use slice cases that no run has spent, or also spent ones (again).')
    .register(commandLine, { flag: '--slice <use>', group: 'Run' }),

  runs: evalShape.runs,
};

/** What `fix` takes beside the options of the analysis. */
export const fixOwnShape = {
  cause: promoteShape.cause,

  suite: z
    .string()
    .min(1)
    .default('evals/')
    .describe('Try on the suite of the cause in this folder; it is made or extended first.')
    .register(commandLine, { flag: '--suite <folder>', group: 'Suite' }),

  labelModel: z
    .string()
    .min(1)
    .optional()
    .describe('Ask this model for changes, too: openai:<model> or another <provider>:<model>.')
    .register(commandLine, {
      flag: '--label-model <spec>',
      group: 'Asking a model',
      unset: 'the template of the category alone',
      more: '**It receives text of your traces, the prompt and the tools.**',
    }),

  ...labelBudget,

  target: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Try the changes on this: cmd:<command>, openai:<model> or another <provider>:<model>, or a module such as ./agent.ts.',
    )
    .register(commandLine, {
      flag: '--target <spec>',
      group: 'Target',
      unset: 'nothing is tried',
    }),

  prompt: z
    .string()
    .min(1)
    .optional()
    .describe('The prompt of the application is in this file. A copy is changed, never the file.')
    .register(commandLine, {
      flag: '--prompt <file>',
      group: 'Target',
      unset: 'the recorded prompt, for the eye alone',
      more: 'A command finds the path of the copy in `CULPRIT_PROMPT_FILE`.',
    }),

  tools: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The tools of the application are in this JSON file. A copy is changed, never the file.',
    )
    .register(commandLine, {
      flag: '--tools <file>',
      group: 'Target',
      unset: 'the recorded tools, for the eye alone',
      more: 'A command finds the path of the copy in `CULPRIT_TOOLS_FILE`.',
    }),

  ...trialShape,
  ...pageShape,

  patch: z
    .string()
    .min(1)
    .optional()
    .describe('Write the change that works as a patch to this file; without a target, the first.')
    .register(commandLine, { flag: '--patch <file>', group: 'Output', unset: 'none' }),

  json: z
    .boolean()
    .default(false)
    .describe('Print the hypotheses and what came of them as JSON, and nothing else there.')
    .register(commandLine, { flag: '--json', group: 'Output' }),
};

/** What `fix` takes: the options of the analysis, so that it finds the same cause, and its own. */
export const fixShape = { ...analysis, ...fixOwnShape };

const fixSchema = z.strictObject(fixShape);

export type FixOptions = z.output<typeof fixSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag, also for one that has no effect.
 */
export function fixOptions(given: Given): FixOptions {
  const options = parseOptions(fixSchema, given, spell);
  const { redact, redactSalt, target, labelModel, prompt, tools, patch } = options;
  resolveOptions({ redact, redactSalt }, spell);
  const spec = target === undefined ? null : targetSpec(target);
  if (target !== undefined && (spec === null || !TRIED.has(spec.kind)))
    throw new CulpritError(
      'invalid_option',
      `--target ${target}: give cmd:<command>, openai:<model> or another <provider>:<model>, or a module (./agent.ts): nothing else can be given another prompt`,
    );
  const needs: readonly (readonly [readonly string[], boolean, string])[] = [
    [Object.keys(labelBudget), labelModel !== undefined, 'a model: name one with --label-model'],
    [
      [...Object.keys(trialShape), 'out'],
      target !== undefined,
      'something to try it on: name it with --target',
    ],
    [
      ['patch'],
      prompt !== undefined || tools !== undefined,
      'a file to patch: name it with --prompt or --tools',
    ],
  ];
  for (const [names, isUsed, what] of needs) {
    const unused = names.find((name) => name in given);
    if (unused !== undefined && !isUsed)
      throw new CulpritError('invalid_option', `${spell(unused)} needs ${what}`);
  }
  if (patch !== undefined && [prompt, tools].includes(patch))
    throw new CulpritError('invalid_option', `--patch ${patch}: this is the file to patch`);
  checkPage(options);
  return options;
}

const TRIED: ReadonlySet<string> = new Set(['command', 'model', 'module']);

const spell = (option: string): string =>
  option in fixShape ? longFlag(fixShape[option as keyof typeof fixShape]) : option;

/** The error with the flag in place of the option at fault, with which its message begins. */
export function inFixFlags(error: unknown): unknown {
  if (!(error instanceof CulpritError) || error.option === null) return error;
  const { code, message, option } = error;
  return new CulpritError(code, spell(option) + message.slice(option.length), { cause: error });
}
