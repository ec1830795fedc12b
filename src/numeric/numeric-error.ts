export type NumericErrorCode = 'invalid_input' | 'invalid_option' | 'aborted' | 'worker_failed';

/** The only error of this module. `message` says what is wrong, where, and what is expected. */
export class NumericError extends Error {
  readonly code: NumericErrorCode;

  constructor(code: NumericErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NumericError';
    this.code = code;
  }
}
