/** Milliseconds that a client has, counted from its first byte; then it gets 408 and the connection ends. */
export interface RequestTimes {
  readonly headers: number;
  /** Headers and body. */
  readonly request: number;
  /** Between two looks for those that are late. */
  readonly check: number;
}

export const REQUEST_TIMES: RequestTimes = { headers: 30_000, request: 300_000, check: 5_000 };
