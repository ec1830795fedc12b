import { Command } from 'commander';
import { builtFile } from '../platform/package-file.ts';
import { run } from './analyze.ts';
import { parseFlags, withAnalyzeOptions } from './analyze-options.ts';

export const demoCommand = (): Command =>
  withAnalyzeOptions(
    new Command('demo').description(
      'rank the root causes in the traces of a simulated support agent (shipped with the package)',
    ),
  ).action(async (raw: unknown) => {
    const path = builtFile('demo/traces.otlp.jsonl.gz');
    await run([{ path, name: 'the demo traces' }], parseFlags(raw));
  });
