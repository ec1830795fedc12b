import { Command } from 'commander';
import { causeOf, splitCause } from './cause-argument.ts';
import { givenOptions, withFlags } from './flags.ts';
import { promoteOptions, promoteShape } from './promote-options.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';

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
    const { files, ids } = splitCause(given);
    checkInput(files, store, others);
    const options = promoteOptions(others);
    const cause = causeOf(ids, options.cause);
    const { runPromotion } = await import('./run-promotion.ts');
    await runPromotion({ files, store }, cause, options);
  });
