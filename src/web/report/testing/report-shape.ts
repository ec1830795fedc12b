/** Parameters of a synthetic report. */
export interface ReportShape {
  readonly failures?: number;
  /** Number of clusters; beyond the five planted causes they repeat with a number. With 0, everything is noise. */
  readonly clusters?: number;
  readonly seed?: number;
  /** Inserted into every text of a trace, to simulate an attack. */
  readonly payload?: string;
  readonly embedded?: boolean;
  /** False: one level only. */
  readonly levels?: boolean;
  readonly systemPrompt?: string;
  /** Every trace was grouped, not only failures. */
  readonly all?: boolean;
  readonly traceUrl?: string;
}
