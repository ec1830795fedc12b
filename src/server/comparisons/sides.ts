import type { TraceFilter } from '../../store/telemetry/telemetry.ts';
import { span } from '../../text/moments.ts';
import { z } from '../packages.ts';

/** What stored traces are compared by. */
const COMPARED_BY = ['promptVersion', 'release', 'time'] as const;

const value = z.string().min(1).max(500);

/** Two groups of stored traces: of two versions, two releases, or two stretches of time. */
export const comparisonSides = z
  .strictObject({
    by: z.enum(COMPARED_BY),
    from: value.describe(
      'a version, a release, or a time as `2026-11-16T00:00:00Z/2026-11-23T00:00:00Z`, its end exclusive',
    ),
    to: value.describe('what is compared with it'),
    environment: value.optional().describe('only traces of this environment'),
    tenant: value.optional(),
    promptName: value.optional().describe('only traces with this prompt'),
  })
  .superRefine(({ by, from, to }, context) => {
    const issue = (path: 'from' | 'to', message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (from === to) return issue('to', `both sides are ${from.slice(0, 100)}`);
    if (by !== 'time') return;
    for (const [path, text] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (timesOf(text) === null)
        return issue(
          path,
          'a time has a start and a later end, such as 2026-11-16T00:00:00Z/2026-11-23T00:00:00Z',
        );
    const [before, after] = [timesOf(from)!, timesOf(to)!];
    if (before[0] < after[1] && after[0] < before[1])
      issue('to', 'the two times overlap: a trace would be on both sides');
  })
  .openapi('ComparisonSides');

export type ComparisonSides = z.infer<typeof comparisonSides>;

/** Start and end of a time, epoch milliseconds; null where it is none. */
function timesOf(text: string): readonly [number, number] | null {
  const parts = text.split('/');
  const [start, end] = parts.map((part) => (ISO.test(part) ? Date.parse(part) : Number.NaN));
  if (parts.length !== 2 || start === undefined || end === undefined) return null;
  return start < end ? [start, end] : null;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/;

/** What people call a side. */
export function sideName({ by }: Pick<ComparisonSides, 'by'>, side: string): string {
  const times = by === 'time' ? timesOf(side) : null;
  return times === null ? side : span(times[0], times[1] - 1);
}

/** The traces of each side. @param end those that began later are left out; epoch milliseconds */
export function sideFilters(
  project: string,
  { by, from, to, environment, tenant, promptName }: ComparisonSides,
  end: number,
): readonly [TraceFilter, TraceFilter] {
  const filterOf = (side: string): TraceFilter => {
    const times = by === 'time' ? timesOf(side) : null;
    return {
      project,
      ...(environment !== undefined && { environment }),
      ...(tenant !== undefined && { tenant }),
      ...(promptName !== undefined && { promptName }),
      ...(times === null
        ? { [by]: side, to: end }
        : { from: times[0], to: Math.min(times[1], end) }),
    };
  };
  return [filterOf(from), filterOf(to)];
}
