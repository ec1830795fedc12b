import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { learnOptions, learnShape } from './learn-options.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';

const shape = { ...storeShape, ...learnShape };

export const learnCommand = (): Command =>
  withFlags(new Command('learn').argument('[file...]', 'Traces, as for analyze.'), shape).action(
    async (files: readonly string[], _: unknown, command: Command) => {
      const { store, others } = splitStoreOptions(givenOptions(command, shape));
      checkInput(files, store, others);
      const options = learnOptions(others);
      const { runLearn } = await import('./run-learn.ts');
      await runLearn({ files, store }, options);
    },
  );
