import type { Cluster } from '../../contract/cluster.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import type { ToolDefinition, Trace } from '../../contract/trace.ts';
import { causeParts } from '../../text/cause.ts';
import { isRecord } from '../../text/json.ts';

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
  /** Values that runs which passed give the first argument of the first tool, where they are a few words used again and again. */
  readonly values: readonly string[];
}

/** The fingerprint by the signal that most members of the cause share. */
export function fingerprintOf(
  { category }: Pick<Cluster, 'category'>,
  members: readonly Failure[],
  definitions: readonly ToolDefinition[],
  passing: readonly Trace[],
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
  const tools = [...new Set(named('tool'))];
  const fields = [...new Set(named('field'))];
  const values = valuesOf(tools[0], fields[0], passing);
  return { category, parts: shared?.cause ?? [], tools, fields, definitions, values };
}

/** More values are no list. */
const MOST_VALUES = 12;

function valuesOf(
  tool: string | undefined,
  field: string | undefined,
  passing: readonly Trace[],
): readonly string[] {
  if (tool === undefined || field === undefined) return [];
  const counts = new Map<string, number>();
  for (const { messages } of passing)
    for (const { name, arguments: given } of messages.flatMap(({ toolCalls }) => toolCalls)) {
      const value = name === tool && isRecord(given) ? given[field] : undefined;
      if (typeof value === 'string' && /^[\p{L}][\p{L}\d _-]{0,39}$/u.test(value))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  const isList = counts.size >= 2 && counts.size <= MOST_VALUES;
  return isList && [...counts.values()].every((count) => count > 1)
    ? [...counts.keys()].sort()
    : [];
}

/** The first of the signals that most have in common; ties go to the first in text order. */
function mostShared(signals: readonly Signal[]): Signal | null {
  const groups = [...Map.groupBy(signals, (signal) => causeParts(signal).join('\n'))];
  const [most] = groups.toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return most?.[1][0] ?? null;
}
