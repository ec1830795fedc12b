import { Command, CommanderError } from 'commander';
import { CulpritError } from '../contract/culprit-error.ts';
import { packageVersion } from '../platform/package-file.ts';
import { EXAMPLES } from './examples.ts';
import { exitCodeOf } from './exit-code.ts';
import { errorWord, writeError, writeMessage } from './output.ts';

interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Loads the command: what it needs takes most of a start. */
  readonly load: (given: readonly string[]) => Promise<Command>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'analyze',
    summary: 'Rank the root causes of the failures in trace files.',
    load: async (given) => (await import('./analyze.ts')).analyzeCommand(given),
  },
  {
    name: 'demo',
    summary: 'Rank the root causes in the traces of a simulated support agent.',
    load: async (given) => (await import('./demo.ts')).demoCommand(given),
  },
  {
    name: 'diff',
    summary: 'Compare two groups of traces: what changed, and what may be chance.',
    load: async () => (await import('./diff.ts')).diffCommand(),
  },
  {
    name: 'trend',
    summary: 'Show causes and scores by version, or over time with change points.',
    load: async () => (await import('./trend.ts')).trendCommand(),
  },
  {
    name: 'tenants',
    summary: 'Show causes by tenant, or write a report for one tenant alone.',
    load: async () => (await import('./tenants.ts')).tenantsCommand(),
  },
  {
    name: 'promote',
    summary: 'Turn a root cause into a suite of cases that keep it fixed.',
    load: async () => (await import('./promote.ts')).promoteCommand(),
  },
  {
    name: 'eval',
    summary: 'Run suites against a target, and say whether a fix holds.',
    load: async () => (await import('./eval.ts')).evalCommand(),
  },
  {
    name: 'fix',
    summary: 'Propose changes that may fix a root cause, and try them on its suite.',
    load: async () => (await import('./fix.ts')).fixCommand(),
  },
  {
    name: 'mine',
    summary: 'Make harder cases from those of a suite, and keep the ones that fail now.',
    load: async () => (await import('./mine.ts')).mineCommand(),
  },
  {
    name: 'learn',
    summary: 'Learn from labels which traces people would call failed, and list suspects.',
    load: async () => (await import('./learn.ts')).learnCommand(),
  },
  {
    name: 'guard',
    summary: 'Look at requests and answers: allow, flag or block.',
    load: async () => (await import('./guard.ts')).guardCommand(),
  },
  {
    name: 'suite',
    summary: 'Prove, compare, export and import suites.',
    load: async () => (await import('./suite.ts')).suiteCommand(),
  },
  {
    name: 'checks',
    summary: 'List the checks that a suite can use, or describe one.',
    load: async () => (await import('./checks.ts')).checksCommand(),
  },
  {
    name: 'show',
    summary: 'Print a cause as an issue, as a prompt for a coding agent, or its traces.',
    load: async () => (await import('./show.ts')).showCommand(),
  },
  {
    name: 'mcp',
    summary: 'Serve causes, traces, suites and verdicts to a coding agent (MCP, stdio).',
    load: async () => (await import('./mcp.ts')).mcpCommand(),
  },
  {
    name: 'serve',
    summary: 'Receive traces from applications, store and judge them.',
    load: async () => (await import('./serve.ts')).serveCommand(),
  },
  {
    name: 'import',
    summary: 'Bring trace files, or the history of Langfuse or LangSmith, into a running server.',
    load: async () => (await import('./import.ts')).importCommand(),
  },
  {
    name: 'export',
    summary: 'Write traces of a running server to a file.',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  {
    name: 'deploy',
    summary: 'Tell a running server that a release, a prompt version or a model went live.',
    load: async () => (await import('./deploy.ts')).deployCommand(),
  },
  {
    name: 'delete',
    summary: 'Delete a trace, or all traces of a user or tenant, from a running server for good.',
    load: async () => (await import('./delete.ts')).deleteCommand(),
  },
  {
    name: 'backup',
    summary: 'Copy the traces of a running server to a folder beside them, or list the copies.',
    load: async () => (await import('./backup.ts')).backupCommand(),
  },
  {
    name: 'restore',
    summary: 'Put a backup in the place of the traces of a running server.',
    load: async () => (await import('./restore.ts')).restoreCommand(),
  },
  {
    name: 'categories',
    summary: 'List the categories of causes, which --severity takes.',
    load: async () => (await import('./categories.ts')).categoriesCommand(),
  },
  {
    name: 'schema',
    summary: 'Print the JSON Schema of the output of `culprit analyze --json`, or of suites.',
    load: async () => (await import('./schema.ts')).schemaCommand(),
  },
];

/** Runs `culprit` with these arguments. Prints what goes wrong, and leaves the exit code in the process. */
export async function run(args: readonly string[]): Promise<void> {
  process.exitCode = 0;
  try {
    await (await program(args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The program with the command that is called; of the others, only names and summaries. */
async function program(given: readonly string[]): Promise<Command> {
  const [called, helped] = given;
  const root = new Command('culprit')
    .description('Find which LLM failure to fix first.')
    .version(await packageVersion(), '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .helpCommand('help [command]', 'Print the help of a command.')
    .showHelpAfterError('(add --help for the options)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeErr: (text) => writeMessage(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, `${errorWord()} `)),
    })
    .addHelpText('before', EXAMPLES);
  const wanted = called === 'help' ? helped : called;
  for (const { name, summary, load } of COMMANDS) {
    const command = name === wanted ? await load(given) : new Command(name);
    root.addCommand(command.description(summary).helpOption('-h, --help', 'Print this help.'));
    command.exitOverride().copyInheritedSettings(root);
    if (name === 'analyze') command.addHelpText('before', EXAMPLES);
  }
  return root;
}

function report(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? 0 : exitCodeOf('invalid_option');
  const known = error instanceof CulpritError ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  writeError(known === null ? message.slice(0, MESSAGE) : message);
  if (known === null && error instanceof Error) writeMessage((error.stack ?? '').slice(0, MESSAGE));
  return exitCodeOf(known?.code ?? 'internal');
}

/** A library's message may repeat its whole input. */
const MESSAGE = 4_000;
