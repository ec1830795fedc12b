import { Command } from 'commander';
import { builtFile } from '../platform/package-file.ts';
import { commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';
import { givenCommand } from './given-command.ts';

const { columns: _, ...shape } = commandShape;

export const demoCommand = (): Command =>
  withFlags(new Command('demo'), shape).action(async (_: unknown, command: Command) => {
    const options = commandOptions(givenOptions(command, shape));
    const { runAnalysis } = await import('./run-analysis.ts');
    await runAnalysis(
      [{ path: builtFile('demo/traces.otlp.jsonl.gz'), name: 'the demo traces' }],
      options,
      givenCommand(process.argv.slice(2)),
      null,
    );
  });
