import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { trendOptions, trendShape } from './trend-options.ts';

export const trendCommand = (): Command =>
  withFlags(
    new Command('trend').argument('<file...>', 'Traces, as for analyze.'),
    trendShape,
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const options = trendOptions(givenOptions(command, trendShape));
    const { runTrend } = await import('./run-trend.ts');
    await runTrend(files, options);
  });
