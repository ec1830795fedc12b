import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { checkInput, splitStoreOptions, storeShape } from './store-options.ts';
import { trendOptions, trendShape } from './trend-options.ts';

export const trendCommand = (): Command =>
  withFlags(new Command('trend').argument('[file...]', 'Traces, as for analyze.'), {
    ...trendShape,
    ...storeShape,
  }).action(async (files: readonly string[], _: unknown, command: Command) => {
    const { store, others } = splitStoreOptions(
      givenOptions(command, { ...trendShape, ...storeShape }),
    );
    checkInput(files, store, others);
    const options = trendOptions(others);
    const { runTrend } = await import('./run-trend.ts');
    await runTrend({ files, store }, options);
  });
