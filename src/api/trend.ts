import type { Trend } from '../contract/trend.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { analyzed } from './analyzed.ts';
import type { TraceReader } from './read-traces.ts';

export interface TrendOptions extends AnalyzeOptions {
  /** `promptVersion`, `release`, `model`, `environment`, `day`, `hour`, or a key of the metadata. Default: versions, else days. */
  readonly by?: string;
}

/**
 * Rates of every cause and means of every score by version, or by day or hour with change points and releases.
 *
 * @throws CulpritError what `analyze` throws; `invalid_option` for an attribute that no trace has.
 */
export async function trend(
  source: TraceInput | TraceReader,
  { by, ...options }: TrendOptions = {},
): Promise<Trend> {
  const { attributeName, trendIn } = await import('../watch/watch.ts');
  const ledger = { by: by === undefined ? null : attributeName(by) };
  const { analysis, detected } = await analyzed(source, options, { ledger });
  return trendIn(analysis, detected.ledger!, by ?? null);
}
