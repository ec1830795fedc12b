import { Command } from 'commander';
import { fileSource } from '../platform/file-source.ts';
import { builtFile } from '../platform/package-file.ts';
import { run } from './analyze.ts';
import { commandOptions, commandShape } from './command-options.ts';
import { givenOptions, withFlags } from './flags.ts';

const { columns: _, ...shape } = commandShape;

export const demoCommand = (): Command =>
  withFlags(new Command('demo'), shape).action(async (_: unknown, command: Command) => {
    const source = await fileSource(builtFile('demo/traces.otlp.jsonl.gz'));
    await run(
      async () => [{ ...source, name: 'the demo traces' }],
      commandOptions(givenOptions(command, shape)),
    );
  });
