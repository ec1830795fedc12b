export type ErrorCode =
  | 'unknown_format'
  | 'empty_input'
  | 'no_traces'
  | 'no_failures'
  | 'unreadable_file'
  | 'unwritable_file'
  | 'invalid_option'
  | 'invalid_input'
  | 'old_analysis'
  | 'embedder_failed'
  | 'judge_failed'
  | 'not_built'
  | 'aborted'
  | 'internal';

/** The one error class. `message` says what failed, on what, and what to do. */
export class CulpritError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CulpritError';
    this.code = code;
  }
}
