import { Command, CommanderError } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { packageVersion } from '../platform/package-file.ts';
import { EXIT_CODES } from './exit-code.ts';
import { writeError, writeMessage } from './output.ts';

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads the command: what it needs takes most of a start. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'analyze',
    summary: 'Rank the root causes of the failures in trace files.',
    load: async () => (await import('./analyze.ts')).analyzeCommand(),
  },
  {
    name: 'demo',
    summary: 'Rank the root causes in the traces of a simulated support agent.',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'schema',
    summary: 'Print the JSON Schema of the output of `culprit analyze --json`.',
    load: async () => (await import('./schema.ts')).schemaCommand(),
  },
];

/** Runs `culprit` with these arguments. Prints what goes wrong, and returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** The program with the command that is called; of the others, only names and summaries. */
async function program([called, helped]: readonly string[]): Promise<Command> {
  const root = new Command('culprit')
    .description('Find which LLM failure to fix first.')
    .version(await packageVersion(), '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command.')
    .showHelpAfterError('(add --help for the options)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: (text) => writeMessage(text.trimEnd()) });
  const wanted = called === 'help' ? helped : called;
  for (const { name, summary, load } of COMMANDS) {
    const command = name === wanted ? await load() : new Command(name);
    root.addCommand(command.description(summary).helpOption('-h, --help', 'Print this help.'));
    command.exitOverride().copyInheritedSettings(root);
  }
  return root;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.invalid_option;
  const known = error instanceof CulpritError ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  writeError(known === null ? message.slice(0, MESSAGE) : message);
  if (known === null && error instanceof Error) writeMessage((error.stack ?? '').slice(0, MESSAGE));
  return EXIT_CODES[known?.code ?? 'internal'];
}

/** A library's message may repeat its whole input. */
const MESSAGE = 4_000;
