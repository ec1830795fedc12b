import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';

const QUOTE_LIMIT = 400;

/** Evidence for a text that was cut from the string at `path`, 400 characters at most. */
export const quoted = (
  trace: Trace,
  path: string,
  text: string,
  spanId: string | null = null,
): Why['evidence'][number] => ({
  traceId: trace.id,
  spanId,
  path,
  quote: text.slice(0, QUOTE_LIMIT).replace(/[\uD800-\uDBFF]$/, ''),
});
