import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import { type Watcher, watcherSettingsSchema } from '../../contract/watcher.ts';
import { watchingOf } from './watching.ts';

const LONGEST = 1_000_000;

export const watcherIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'use small letters, digits and dashes, such as `cost-per-trace`',
  );

const fileSchema = z.strictObject({
  watchers: z.record(watcherIdSchema, watcherSettingsSchema),
});

/** Watchers as a file for git, by id; what is as usual is left out. */
export function watchersYaml(watchers: readonly Watcher[]): string {
  const entries = watchers.map(({ id, where, owner, channels, isPaused, ...settings }) => [
    id,
    {
      ...settings,
      ...(Object.keys(where).length > 0 && { where }),
      ...(owner !== '' && { owner }),
      ...(channels.length > 0 && { channels }),
      ...(isPaused && { isPaused }),
    },
  ]);
  return stringify(
    { watchers: Object.fromEntries(entries) },
    {
      lineWidth: 120,
      aliasDuplicateObjects: false,
    },
  );
}

/**
 * Reads what `watchersYaml` writes, or what people write.
 * @throws CulpritError `invalid_input` with the place of what is wrong, or for a setting that has no effect.
 */
export function parseWatchers(text: string): readonly Watcher[] {
  if (text.length > LONGEST) throw wrong('the file is larger than 1 MB');
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw wrong((cause as Error).message, cause);
  }
  const file = fileSchema.safeParse(raw);
  if (!file.success) {
    const [issue] = file.error.issues;
    throw wrong(`${issue?.path.join('.') || 'the file'}: ${issue?.message}`, file.error);
  }
  const watchers = Object.entries(file.data.watchers).map(([id, settings]) => ({
    ...settings,
    id,
  }));
  for (const watcher of watchers) watchingOf(watcher);
  return watchers;
}

const wrong = (why: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_input', `watchers: ${why}`, { cause });
