import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';

/**
 * Causes before symptoms: a refund that fails because of a wrong id also has a failed tool span and
 * an unhappy user. Lower comes first; signals that only say that the trace failed come last.
 */
const TIERS: readonly (readonly string[])[] = [
  [
    'tool_argument_mismatch',
    'tool_wrong_tool',
    'refusal_under_trigger',
    'agent_loop',
    'schema_violation',
    'retrieval_miss',
    'refusal_over_trigger',
    'missing_tool_call',
  ],
  [
    'truncation',
    'groundedness_miss',
    'hallucinated_entity',
    'tool_call_count',
    'infrastructure_error',
    'unfinished_task',
  ],
  ['empty_output', 'user_frustration'],
  ['latency_outlier', 'token_outlier', 'cost_outlier'],
];
const UNNAMED = TIERS.length;
/** What a model claims: after the surest of what code finds. */
const CLAIMED = 0.5;

/**
 * Signals that said yes, the likeliest root cause first: by tier, then upstream span, then confidence.
 * `claimed` are the detectors that a model answers.
 */
export function byCause(
  trace: Trace,
  signals: readonly Signal[],
  claimed: ReadonlySet<string> = NONE,
): Signal[] {
  const said = signals.filter(({ verdict }) => verdict === 'yes');
  if (said.length < 2) return said;
  const position = new Map(trace.spans.map((span, index) => [span.id, index]));
  const place = (signal: Signal): number =>
    signal.spanId === null
      ? Number.MAX_SAFE_INTEGER
      : (position.get(signal.spanId) ?? Number.MAX_SAFE_INTEGER);
  return said
    .map((signal, index) => ({
      signal,
      index,
      tier: claimed.has(signal.detector) ? CLAIMED : tier(signal),
      place: place(signal),
    }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        a.place - b.place ||
        b.signal.confidence - a.signal.confidence ||
        a.index - b.index,
    )
    .map(({ signal }) => signal);
}

const NONE: ReadonlySet<string> = new Set();

/** A category no tier knows (a plug-in's) counts as a proven cause. */
function tier({ category }: Signal): number {
  if (category === null) return UNNAMED;
  const found = TIERS.findIndex((ids) => ids.includes(category));
  return found === -1 ? 0 : found;
}

/** The span the first cause points at; without one, the deepest span in error, else none. */
export const rootSpan = (trace: Trace, ordered: readonly Signal[]): string | null =>
  ordered.find(({ spanId }) => spanId !== null)?.spanId ??
  trace.spans.findLast(({ error }) => error !== null)?.id ??
  null;
