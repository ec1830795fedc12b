import * as z from 'zod';
import { commandLine } from '../contract/command-line.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { parseOptions } from '../contract/options.ts';
import { type Given, longFlag } from './flags.ts';

const text = (describe: string, flag: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe(describe)
    .register(commandLine, { flag, group: 'Reading a store', unset: 'all' });

const AGO = /^\d{1,5}[dh]$/;
const isTime = (given: string): boolean =>
  AGO.test(given) ||
  [z.iso.date(), z.iso.datetime({ offset: true })].some(
    (schema) => schema.safeParse(given).success,
  );

const time = z.string().refine(isTime, {
  error: 'give a date, a time such as 2026-11-30T12:00:00Z, or how long ago: 7d, 12h',
});

/** Where stored traces are read from, and which of them. */
export const storeShape = {
  from: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Read the traces of a running server (its address), or of a data folder that no server has open.',
    )
    .register(commandLine, {
      flag: '--from <url|folder>',
      group: 'Reading a store',
      unset: 'files',
      more: 'A key, where the server requires one, is read from `CULPRIT_API_KEY`. A folder needs the packages of [serve.md](serve.md).',
    }),

  project: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Read this project.')
    .register(commandLine, {
      flag: '--project <name>',
      group: 'Reading a store',
      unset: '`default`, or the one that the key belongs to',
    }),

  since: time.optional().describe('Leave out traces that began before.').register(commandLine, {
    flag: '--since <time>',
    group: 'Reading a store',
    unset: 'all',
    more: 'A date (its beginning in UTC), a time (`2026-11-30T12:00:00Z`), or how long ago: `7d`, `12h`.',
  }),

  until: time
    .optional()
    .describe('Leave out traces that began then or later.')
    .register(commandLine, { flag: '--until <time>', group: 'Reading a store', unset: 'all' }),

  tenant: text('Read the traces of this tenant.', '--tenant <name>'),
  user: text('Read the traces of this user.', '--user <id>'),
  session: text('Read the traces of this session.', '--session <id>'),
  environment: text('Read the traces of this environment.', '--environment <name>'),
  release: text('Read the traces of this release.', '--release <name>'),
  promptVersion: text('Read the traces of this prompt version.', '--prompt-version <name>'),
  model: text('Read the traces of this model.', '--model <name>'),
};

export type StoreOptions = z.output<z.ZodObject<typeof storeShape>>;

/** The options of a store among those given, and the others. @throws CulpritError `invalid_option` naming the flag. */
export function splitStoreOptions(given: Given): {
  readonly store: StoreOptions;
  readonly others: Given;
} {
  const entries = Object.entries(given);
  const isStore = ([key]: readonly [string, unknown]): boolean => key in storeShape;
  const store = parseOptions(
    z.strictObject(storeShape),
    Object.fromEntries(entries.filter(isStore)),
    spell,
  );
  return { store, others: Object.fromEntries(entries.filter((entry) => !isStore(entry))) };
}

/**
 * Checks that there is one input: files or a store.
 * @param others the options beside those of the store.
 * @throws CulpritError `invalid_option`.
 */
export function checkInput(files: readonly string[], store: StoreOptions, others: Given): void {
  const { from, ...filters } = store;
  if (from === undefined) {
    const useless = Object.entries(filters).find(([, value]) => value !== undefined);
    if (useless !== undefined)
      throw invalid(`${spell(useless[0])} needs a store: name one with --from`);
    if (files.length === 0)
      throw invalid('name the files of traces, or where they are stored with --from');
    return;
  }
  if (files.length > 0) throw invalid(`--from ${from} and ${files[0]} are two inputs: give one`);
  if ('columns' in others)
    throw invalid('--map has no effect with --from: what is stored has been read already');
}

const spell = (option: string): string =>
  option in storeShape ? longFlag(storeShape[option as keyof typeof storeShape]) : option;

const invalid = (message: string): CulpritError => new CulpritError('invalid_option', message);
