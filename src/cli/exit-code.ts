import type { ErrorCode } from '../contract/culprit-error.ts';

/** Exit codes of every command; documented in docs/cli.md. 0 is success. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  internal: 1,
  not_built: 1,
  unwritable_file: 1,
  invalid_option: 2,
  invalid_input: 2,
  old_analysis: 2,
  unreadable_file: 10,
  unknown_format: 11,
  empty_input: 12,
  no_traces: 13,
  embedder_failed: 20,
  judge_failed: 21,
  aborted: 130,
};
