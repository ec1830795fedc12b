import { Command } from 'commander';
import { builtFile } from '../platform/package-file.ts';
import { commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { givenCommand } from './given-command.ts';
import { writeResult } from './output.ts';
import { typable } from './typable.ts';

/** What shows more of them. */
const BROWSE = 'culprit serve --demo  # to look at these traces and causes in the browser';

const { columns: _, ...shape } = commandShape;

/** `culprit demo`; `given` is the command line as it was typed, to print advice that can be pasted. */
export const demoCommand = (given: readonly string[]): Command =>
  withFlags(new Command('demo'), shape).action(async (_: unknown, command: Command) => {
    const options = commandOptions(givenOptions(command, shape));
    const { runAnalysis } = await import('./run-analysis.ts');
    await runAnalysis(
      {
        files: [{ path: builtFile('demo/traces.otlp.jsonl.gz'), name: 'the demo traces' }],
        store: {},
        label: null,
      },
      options,
      givenCommand(given),
      null,
    );
    if (!options.json) writeResult(`next ${typable(BROWSE)}\n`);
  });
