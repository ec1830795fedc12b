import type { ErrorCode } from '../contract/culprit-error.ts';

interface ExitCode {
  readonly code: number;
  /** A phrase for the table in docs/exit-codes.md. */
  readonly meaning: string;
  /** Errors that end a command with it; none for what is no error. */
  readonly errors: readonly ErrorCode[];
}

/** What every command ends with; docs/exit-codes.md shows this table. */
export const EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'done, also when no trace failed', errors: [] },
  {
    code: 1,
    meaning:
      'usage or internal error: a wrong option, a file that cannot be written, a missing build, a Node.js that is too old',
    errors: ['invalid_option', 'invalid_input', 'unwritable_file', 'not_built', 'internal'],
  },
  {
    code: 2,
    meaning:
      'nothing evaluated, or incomplete: a detector or a check gave no answer about any trace',
    errors: [],
  },
  {
    code: 3,
    meaning:
      'no evidence: a comparison that the data cannot decide, where one was asked to (a baseline, `--fail-on`)',
    errors: [],
  },
  { code: 10, meaning: 'a file that cannot be opened', errors: ['unreadable_file'] },
  { code: 11, meaning: 'a file of no known format', errors: ['unknown_format'] },
  { code: 12, meaning: 'an empty file', errors: ['empty_input'] },
  {
    code: 13,
    meaning: 'no traces in the files, or none that holds anything to judge',
    errors: ['no_traces'],
  },
  {
    code: 14,
    meaning: 'an analysis that an older version of Culprit wrote',
    errors: ['old_analysis'],
  },
  {
    code: 15,
    meaning: 'a suite or a file of checks that cannot be used; the message names file and line',
    errors: ['invalid_suite'],
  },
  { code: 20, meaning: 'the embedding endpoint failed', errors: ['embedder_failed'] },
  { code: 21, meaning: 'the endpoint of the judge failed', errors: ['judge_failed'] },
  {
    code: 22,
    meaning: 'the trace store cannot be reached, is too busy, or refused',
    errors: ['store_unavailable', 'store_busy', 'store_failed'],
  },
  { code: 100, meaning: 'failures in a gate, or a state that `--fail-on` names', errors: [] },
  { code: 130, meaning: 'stopped', errors: ['aborted'] },
];

const BY_ERROR: ReadonlyMap<ErrorCode, number> = new Map(
  EXIT_CODES.flatMap(({ code, errors }) => errors.map((error) => [error, code] as const)),
);

/** The exit code of an error. */
export const exitCodeOf = (error: ErrorCode): number => BY_ERROR.get(error) ?? 1;

/** A run that is done, but could not judge what it was asked to. */
export const INCOMPLETE = 2;

/** A comparison was to decide something, and the data cannot. */
export const NO_EVIDENCE = 3;

/** What a gate was to keep out is there. */
export const GATE_FAILED = 100;
