import { CulpritError } from '../contract/culprit-error.ts';

const ID = /^c-[0-9a-f]{8}$/;

/** Words of a command line that name trace files, and those that name causes. */
export const splitCause = (
  given: readonly string[],
): { readonly files: readonly string[]; readonly ids: readonly string[] } => ({
  files: given.filter((word) => !ID.test(word)),
  ids: given.filter((word) => ID.test(word)),
});

/** Exactly one cause, by id or by rank. Throws `invalid_option`. */
export function causeOf(ids: readonly string[], rank: number | undefined): string | number {
  const [id, ...more] = ids;
  if (id !== undefined && rank !== undefined)
    throw new CulpritError(
      'invalid_option',
      `--cause ${rank} and ${id} both name a cause: give one`,
    );
  if (more.length > 0)
    throw new CulpritError('invalid_option', `${ids.join(' and ')}: name one cause at a time`);
  const named = id ?? rank;
  if (named !== undefined) return named;
  throw new CulpritError(
    'invalid_option',
    'name the cause: its id after the files, or its rank with --cause 1. culprit analyze lists both',
  );
}
