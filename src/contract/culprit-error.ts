export type ErrorCode =
  | 'unknown_format'
  | 'empty_input'
  | 'no_traces'
  | 'unreadable_file'
  | 'unwritable_file'
  | 'invalid_option'
  | 'invalid_input'
  | 'old_analysis'
  | 'invalid_suite'
  | 'embedder_failed'
  | 'judge_failed'
  | 'not_built'
  | 'aborted'
  | 'store_unavailable'
  | 'store_busy'
  | 'store_failed'
  | 'internal';

const BRAND: unique symbol = Symbol.for('culprit.error');

/**
 * The one error class. `message` says what failed, on what, and what to do. An error of another copy of this module
 * counts too: a build bundles most commands, and the server is beside the bundle.
 */
export class CulpritError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class that extends this one asks for itself
    if (this !== CulpritError) return super[Symbol.hasInstance](value);
    return value instanceof Error && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  /** The option at fault, by its name in the API, with which the message then begins; null where it is no single one. */
  readonly option: string | null;

  constructor(code: ErrorCode, message: string, { option, ...rest }: Details = {}) {
    super(message, rest);
    this.name = 'CulpritError';
    this.code = code;
    this.option = option ?? null;
  }
}

interface Details extends ErrorOptions {
  readonly option?: string;
}
