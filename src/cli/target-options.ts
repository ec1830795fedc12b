import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { REPLAY_MODES } from '../contract/replay.ts';

/** What is tested, and how it is asked. */
export const targetShape = {
  target: z
    .string()
    .min(1)
    .describe(
      'Test this: cmd:<command>, an http address, openai:<model> or another <provider>:<model>, a module such as ./agent.ts, or traces:<file>.',
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
    .describe('Give a model the system prompt in this file; tell a command or module its path.')
    .register(commandLine, {
      flag: '--prompt <file>',
      group: 'Target',
      unset: 'that of the case',
      more: 'A command finds the path in `CULPRIT_PROMPT_FILE`, a module in `promptFile`.',
    }),

  baselinePrompt: z
    .string()
    .min(1)
    .optional()
    .describe('The same for the baseline.')
    .register(commandLine, {
      flag: '--baseline-prompt <file>',
      group: 'Target',
      unset: 'that of the case',
    }),

  tools: z
    .string()
    .min(1)
    .optional()
    .describe('Give models the tools in this JSON file; tell commands and modules its path.')
    .register(commandLine, {
      flag: '--tools <file>',
      group: 'Target',
      unset: 'those of the case',
      more: 'A command finds the path in `CULPRIT_TOOLS_FILE`, a module in `toolsFile`.',
    }),

  baseUrl: z
    .string()
    .min(1)
    .optional()
    .describe('Set the base URL of the endpoint of models.')
    .register(commandLine, {
      flag: '--base-url <url>',
      group: 'Target',
      unset: 'that of the provider',
      more: 'For openai:, any OpenAI-compatible endpoint; Culprit reads its key from `OPENAI_API_KEY`.',
    }),

  prices: z
    .string()
    .min(1)
    .optional()
    .describe('Take the prices of models from this YAML or JSON file.')
    .register(commandLine, {
      flag: '--prices <file>',
      group: 'Asking a model',
      unset: "OpenAI's list prices of 2026-11",
      more: 'See [models.md](models.md#prices).',
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
      unset: '`fifo` for models, else `live`',
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
};

const targetSchema = z.object(targetShape);

/** What opening one target takes. */
export type TargetOptions = Pick<
  z.output<typeof targetSchema>,
  'timeout' | 'tools' | 'baseUrl' | 'prices' | 'request' | 'response' | 'header' | 'prompt'
>;
