import { Command } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { causeOf, splitCause } from './cause-argument.ts';
import { givenOptions, withFlags } from './flags.ts';
import { mineOptions, mineShape } from './mine-options.ts';

export const mineCommand = (): Command =>
  withFlags(
    new Command('mine').argument('<cause>', 'The id of the cause, whose suite was promoted.'),
    mineShape,
  ).action(async (given: string, _: unknown, command: Command) => {
    const { ids } = splitCause([given]);
    if (ids.length === 0)
      throw new CulpritError(
        'invalid_option',
        `${given.slice(0, 80)}: give the id of a cause that has a suite, such as c-1a2b3c4d`,
      );
    const options = mineOptions(givenOptions(command, mineShape));
    const { runMine } = await import('./run-mine.ts');
    await runMine(String(causeOf(ids, undefined)), options);
  });
