import type { Cluster } from '../../contract/cluster.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import type { ToolDefinition } from '../../contract/trace.ts';
import { causeParts } from '../../text/cause.ts';

/** What makes failures one cause, as far as a fix can be read off it. */
export interface Fingerprint {
  readonly category: string;
  /** What kind of failure within the category, most general first: `['other field', 'refund.order_id', 'from account_id']`. */
  readonly parts: readonly string[];
  /** Tools and arguments that most members name, in the order in which their statement does. */
  readonly tools: readonly string[];
  readonly fields: readonly string[];
  /** Definitions of tools, as they are now where that is known. */
  readonly definitions: readonly ToolDefinition[];
}

/** The fingerprint by the signal that most members of the cause share. */
export function fingerprintOf(
  { category }: Pick<Cluster, 'category'>,
  members: readonly Failure[],
  definitions: readonly ToolDefinition[],
): Fingerprint {
  const signals = members
    .map(({ signals: all, cause }) =>
      cause?.category === category
        ? cause
        : (all.find((each) => each.category === category) ?? null),
    )
    .filter((signal) => signal !== null);
  const shared = mostShared(signals);
  const named = (kind: 'tool' | 'field'): readonly string[] =>
    (shared?.statement.slots ?? []).flatMap((slot) => {
      if (slot.kind === kind) return [slot.value];
      return slot.kind === 'chain' && kind === 'tool' ? slot.value : [];
    });
  return {
    category,
    parts: shared?.cause ?? [],
    tools: [...new Set(named('tool'))],
    fields: [...new Set(named('field'))],
    definitions,
  };
}

/** The first of the signals that most have in common; ties go to the first in text order. */
function mostShared(signals: readonly Signal[]): Signal | null {
  const groups = [...Map.groupBy(signals, (signal) => causeParts(signal).join('\n'))];
  const [most] = groups.toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most?.[1][0] ?? null;
}
