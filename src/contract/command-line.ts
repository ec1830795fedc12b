import * as z from 'zod';

/** How an option is spelled on the command line. Its help text is the description of its schema. */
export interface CommandLineSpelling {
  /** `--step-budget <n>`; without a placeholder it is a switch. Repeated flags add to arrays and records. */
  readonly flag: string;
  readonly group: OptionGroup;
  /** What happens when it is left out, where the default value does not say so. */
  readonly unset?: string;
  /** Help text of the flag's `--no-` form, if it has one. */
  readonly negated?: string;
  /** Markdown that follows the help text in docs/cli.md. */
  readonly more?: string;
}

/** The order of the groups in `--help`. */
export const OPTION_GROUPS = [
  'Comparing',
  'Reading traces',
  'Reading a store',
  'Learning',
  'Guarding',
  'Finding failures',
  'Asking a model',
  'Sampling and clustering',
  'Ranking',
  'Suite',
  'Target',
  'Run',
  'Serving',
  'Output',
] as const;

type OptionGroup = (typeof OPTION_GROUPS)[number];

/** The spellings of options. Register a schema last: every other method makes a new one. */
export const commandLine: z.core.$ZodRegistry<CommandLineSpelling> =
  z.registry<CommandLineSpelling>();
