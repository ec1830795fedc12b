import { Command } from 'commander';
import { givenOptions, withFlags } from './flags.ts';
import { mcpOptions, mcpShape } from './mcp-options.ts';

/** `culprit mcp`: serves the tools of coding agents over standard input and output. */
export const mcpCommand = (): Command =>
  withFlags(
    new Command('mcp').argument(
      '[file...]',
      'Trace files, or one report or output of `culprit analyze --json` (default: culprit-report.html).',
    ),
    mcpShape,
  ).action(async (files: readonly string[], _: unknown, command: Command) => {
    const given = givenOptions(command, mcpShape);
    const options = mcpOptions(files, given);
    const { runMcp } = await import('./run-mcp.ts');
    await runMcp(files, options, given);
  });
