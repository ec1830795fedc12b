import type { RawEvent, RawSpan } from '../record.ts';

/**
 * Two records of one span as one. A run that is sent when it begins and again when it ends, or in any number of
 * updates, gives the same whole in any order, except where both say something different about one attribute: then the
 * later one counts. Merging a record with itself changes nothing.
 */
export function mergedSpan(before: RawSpan, later: RawSpan): RawSpan {
  return {
    traceId: later.traceId,
    spanId: later.spanId,
    parentId: later.parentId ?? before.parentId,
    name: isNamed(later) || !isNamed(before) ? later.name : before.name,
    startTime: extreme(Math.min, before.startTime, later.startTime),
    endTime: extreme(Math.max, before.endTime, later.endTime),
    statusCode: worse(before.statusCode, later.statusCode),
    statusMessage: later.statusMessage || before.statusMessage,
    attributes: { ...before.attributes, ...later.attributes },
    resource: { ...before.resource, ...later.resource },
    scope: later.scope || before.scope,
    events: distinct([...before.events, ...later.events]),
    links: distinct([...before.links, ...later.links]),
    droppedAttributes: Math.max(before.droppedAttributes, later.droppedAttributes),
    refusedKeys: Math.max(before.refusedKeys ?? 0, later.refusedKeys ?? 0),
  };
}

/** Readers call a trace without a name `trace`. */
const isNamed = ({ name }: RawSpan): boolean => name !== '' && name !== 'trace';

const extreme = (
  choose: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null => (a === null || b === null ? (a ?? b) : choose(a, b));

const RANK = { unset: 0, ok: 1, error: 2 } as const;
const worse = (a: RawSpan['statusCode'], b: RawSpan['statusCode']): RawSpan['statusCode'] =>
  RANK[a] > RANK[b] ? a : b;

function distinct<Item extends RawEvent | RawSpan['links'][number]>(
  items: readonly Item[],
): Item[] {
  if (items.length < 2) return [...items];
  const seen = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}
