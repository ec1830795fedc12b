import type { Signal } from '../contract/signal.ts';
import { TIERS } from '../contract/tier.ts';
import type { Trace } from '../contract/trace.ts';

/**
 * Signals that said yes, the likeliest root cause first: by tier, then upstream span, then confidence,
 * then the order given. Causes come before symptoms: a refund that fails because of a wrong id also has
 * a failed tool span and an unhappy user.
 */
export function orderByCause(trace: Trace, signals: readonly Signal[]): Signal[] {
  const positive = signals.filter(({ verdict }) => verdict === 'yes');
  if (positive.length < 2) return positive;
  const position = new Map(trace.spans.map((span, index) => [span.id, index]));
  const place = ({ spanId }: Signal): number =>
    (spanId === null ? undefined : position.get(spanId)) ?? Number.MAX_SAFE_INTEGER;
  return positive
    .map((signal) => ({ signal, tier: TIERS.indexOf(signal.tier), place: place(signal) }))
    .sort(
      (a, b) => a.tier - b.tier || a.place - b.place || b.signal.confidence - a.signal.confidence,
    )
    .map(({ signal }) => signal);
}

/** The span that the first cause points at; without one, the deepest span in error, else none. */
export const rootSpan = (trace: Trace, ordered: readonly Signal[]): string | null =>
  ordered.find(({ spanId }) => spanId !== null)?.spanId ??
  trace.spans.findLast(({ error }) => error !== null)?.id ??
  null;
