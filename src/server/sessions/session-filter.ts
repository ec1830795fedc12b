import type { TraceFilter } from '../../store/telemetry/telemetry.ts';
import type { SessionFilter } from './session-schemas.ts';

/** The filter of a session as the store takes it. */
export function traceFilterOf(project: string, filter: SessionFilter, seed: number): TraceFilter {
  const { from, to, draw, cause, score, isAlone: _, ...same } = filter;
  return {
    ...(given(same) as Omit<TraceFilter, 'project'>),
    project,
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(to !== undefined && { to: Date.parse(to) }),
    ...(cause !== undefined && { cause: cause === 'none' ? '' : cause }),
    ...(score !== undefined && { score: given(score) as NonNullable<TraceFilter['score']> }),
    ...(draw !== undefined && { draw: { ...draw, seed } }),
  };
}

const given = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
