import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { guardOptions, guardShape } from './guard-options.ts';

export const guardCommand = (): Command =>
  withFlags(
    new Command('guard').argument(
      '[file...]',
      'Requests and answers, one JSON object a line; standard input by default.',
    ),
    guardShape,
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const options = guardOptions(givenOptions(command, guardShape));
    const { runGuard } = await import('./run-guard.ts');
    await runGuard(files, options);
  });
