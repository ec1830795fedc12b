import { Command, CommanderError, Help, type Option } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { packageVersion } from '../platform/package-file.ts';
import { analyzeCommand } from './analyze.ts';
import { demoCommand } from './demo.ts';
import { EXIT_CODES } from './exit-code.ts';
import { schemaCommand } from './schema.ts';
import { style } from './style.ts';

/** Runs the command line; the exit code is left in the process. */
export async function main(): Promise<void> {
  process.stdout.on('error', readerLeft);
  const program = new Command('culprit')
    .description('Find which LLM failure to fix first.')
    .version(await packageVersion())
    .showHelpAfterError('(add --help for the options)')
    .showSuggestionAfterError()
    .configureHelp({ optionDescription })
    .exitOverride()
    .addCommand(analyzeCommand())
    .addCommand(demoCommand())
    .addCommand(schemaCommand());

  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);

  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = failed(error);
  }
}

/** Defaults that say nothing (off, none) are not printed. */
function optionDescription(this: Help, option: Option): string {
  const { defaultValue } = option;
  const says =
    typeof defaultValue === 'object' ? Object.keys(defaultValue).length > 0 : defaultValue;
  const shown: Option =
    says === false ? Object.assign(Object.create(option), { defaultValue: undefined }) : option;
  return Help.prototype.optionDescription.call(this, shown);
}

/** `culprit analyze … | head` is no failure. */
function readerLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.invalid_option;
  const known = error instanceof CulpritError ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${style('red', 'error', process.stderr)} ${message}\n`);
  if (known === null && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return EXIT_CODES[known?.code ?? 'internal'];
}
