import { Command } from 'commander';
import { historyCommand } from './eval-history.ts';
import { evalOptions, evalShape } from './eval-options.ts';
import { givenOptions, withFlags } from './flags.ts';

export const evalCommand = (): Command =>
  withFlags(new Command('eval').argument('<suite>', 'A suite, or a folder of suites.'), evalShape)
    .action(async (path: string, _: unknown, command: Command) => {
      const options = evalOptions(givenOptions(command, evalShape));
      const { runEval } = await import('./run-eval.ts');
      await runEval(path, options);
    })
    .addCommand(historyCommand());
