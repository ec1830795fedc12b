import { Command } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { givenOptions, withFlags } from './flags.ts';
import { promoteOptions, promoteShape } from './promote-options.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';

const ID = /^c-[0-9a-f]{8}$/;

export const promoteCommand = (): Command =>
  withFlags(
    new Command('promote')
      .argument('[file...]', 'The trace files that were analyzed, then the id of the cause.')
      .usage('[options] <file...> <cause>'),
    { ...promoteShape, ...storeShape },
  ).action(async (given: readonly string[], _: unknown, command: Command) => {
    const { store, others } = splitStoreOptions(
      givenOptions(command, { ...promoteShape, ...storeShape }),
    );
    const files = given.filter((word) => !ID.test(word));
    checkInput(files, store, others);
    const options = promoteOptions(others);
    const ids = given.filter((word) => ID.test(word));
    const cause = causeOf(ids, options.cause);
    const { runPromotion } = await import('./run-promotion.ts');
    await runPromotion({ files, store }, cause, options);
  });

/** Exactly one cause, by id or by rank. */
function causeOf(ids: readonly string[], rank: number | undefined): string | number {
  const [id, ...more] = ids;
  if (id !== undefined && rank !== undefined)
    throw new CulpritError(
      'invalid_option',
      `--cause ${rank} and ${id} both name a cause: give one`,
    );
  if (more.length > 0)
    throw new CulpritError('invalid_option', `${ids.join(' and ')}: promote one cause at a time`);
  const named = id ?? rank;
  if (named !== undefined) return named;
  throw new CulpritError(
    'invalid_option',
    'name the cause: its id after the files, or its rank with --cause 1. culprit analyze lists both',
  );
}
