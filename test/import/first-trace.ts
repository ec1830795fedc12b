/** What was asked and answered in the first trace of a payload, by which model, at what cost in tokens. */
export interface ExpectedTrace {
  readonly input: string;
  readonly output: string;
  readonly model?: string;
  readonly tenant?: string;
  readonly user?: string;
  readonly session?: string;
  /** Input and output tokens. */
  readonly tokens?: readonly [number, number];
  /** First letters of the roles in order, with the number of calls: `ua1ta`. */
  readonly roles: string;
  readonly errorType?: string;
}
