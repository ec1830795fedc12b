/** What a synthetic report should look like. */
export interface ReportShape {
  readonly failures?: number;
  /** How many clusters; beyond the five planted causes they repeat with a number. 0: all is noise. */
  readonly clusters?: number;
  readonly seed?: number;
  /** Put into every text a trace can hold: what an attacker would send. */
  readonly payload?: string;
  readonly embedded?: boolean;
  /** False: one level only. */
  readonly levels?: boolean;
  readonly systemPrompt?: string;
}
