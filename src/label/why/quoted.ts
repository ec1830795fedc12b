import type { Trace } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import type { Exemplar } from './subject.ts';

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

/** The first quote of each exemplar's signal, two different ones at most. */
export function signalQuotes(exemplars: readonly Exemplar[]): Why['evidence'] {
  const byQuote = new Map<string, Why['evidence'][number]>();
  for (const { trace, signal } of exemplars) {
    const [first] = signal?.evidence ?? [];
    if (first !== undefined && !byQuote.has(first.quote))
      byQuote.set(first.quote, { ...first, traceId: trace.id });
  }
  return [...byQuote.values()].slice(0, 2);
}
