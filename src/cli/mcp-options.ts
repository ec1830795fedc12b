import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { SUITE_FOLDER } from '../text/promote-line.ts';
import { type Given, longFlag } from './flags.ts';
import { targetShape } from './target-options.ts';

const { target, as: _, ...howToAsk } = targetShape;

/** What `mcp` takes: where suites are, what verify runs, and a server in place of files. */
export const mcpShape = {
  suite: z
    .string()
    .min(1)
    .default(SUITE_FOLDER)
    .describe('Promote causes into this folder, and verify the suites in it.')
    .register(commandLine, { flag: '--suite <folder>', group: 'Suite' }),

  target: target
    .optional()
    .describe(target.description ?? '')
    .register(commandLine, {
      flag: '--target <spec>',
      group: 'Target',
      unset: 'verify is refused',
      more: 'An agent cannot name another one.',
    }),

  ...howToAsk,

  readOnly: z
    .boolean()
    .default(false)
    .describe('Leave out the tools that write or run something: propose, promote, verify.')
    .register(commandLine, { flag: '--read-only', group: 'Serving' }),

  server: z
    .string()
    .min(1)
    .optional()
    .describe('Answer from this running server instead of files.')
    .register(commandLine, {
      flag: '--server <url>',
      group: 'Serving',
      unset: 'files',
      more: 'Culprit reads a key, where the server requires one, from `CULPRIT_API_KEY`; the tools may do what its scopes allow.',
    }),

  project: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Answer from this project of the server.')
    .register(commandLine, {
      flag: '--project <name>',
      group: 'Serving',
      unset: '`default`, or the one that the key belongs to',
    }),
};

const mcpSchema = z.strictObject(mcpShape);

export type McpOptions = z.output<typeof mcpSchema>;

/**
 * The options as they were given, with the defaults filled in.
 * @throws CulpritError `invalid_option` naming the flag; also for one that has no effect.
 */
export function mcpOptions(files: readonly string[], given: Given): McpOptions {
  const options = parseOptions(mcpSchema, given, (option) =>
    option in mcpShape ? flagOf(option as keyof typeof mcpShape) : option,
  );
  if (options.server !== undefined && files.length > 0)
    throw invalid(`--server ${options.server} and ${files[0]} are two sources: give one`);
  if (options.project !== undefined && options.server === undefined)
    throw invalid('--project has no effect without --server');
  const useless = Object.keys(howToAsk).find((key) => key in given);
  if (useless !== undefined && options.target === undefined)
    throw invalid(`${flagOf(useless as keyof typeof mcpShape)} has no effect without --target`);
  if (options.readOnly && options.target !== undefined)
    throw invalid('--target has no effect with --read-only, which leaves verify out');
  return options;
}

/** The options of `culprit eval` among those given, as words of its command line. */
export const evalFlags = (given: Given, { compare }: { readonly compare: boolean }): string[] =>
  Object.entries({ target, ...howToAsk }).flatMap(([key, schema]) => {
    const value = given[key];
    if (value === undefined || (key.startsWith('baseline') && !compare)) return [];
    const flag = longFlag(schema);
    return Array.isArray(value)
      ? value.flatMap((each) => [flag, String(each)])
      : [flag, String(value)];
  });

const flagOf = (option: keyof typeof mcpShape): string => longFlag(mcpShape[option]);

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);
