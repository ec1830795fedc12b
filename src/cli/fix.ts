import { Command } from 'commander';
import { causeOf, splitCause } from './cause-argument.ts';
import { fixOptions, fixShape } from './fix-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';

const shape = { ...storeShape, ...fixShape };

export const fixCommand = (): Command =>
  withFlags(
    new Command('fix')
      .argument('[file...]', 'The trace files that were analyzed, then the id of the cause.')
      .usage('[options] <file...> <cause>'),
    shape,
  ).action(async (given: readonly string[], _: unknown, command: Command) => {
    const { store, others } = splitStoreOptions(givenOptions(command, shape));
    const { files, ids } = splitCause(given);
    checkInput(files, store, others);
    const options = fixOptions(others);
    const cause = causeOf(ids, options.cause);
    const { runFix } = await import('./run-fix.ts');
    await runFix({ files, store }, cause, options);
  });
