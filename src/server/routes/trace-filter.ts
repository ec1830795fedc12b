import type { TraceFilter } from '../../store/telemetry/telemetry.ts';

/** A query of the API, as parsed: `undefined` for what is not asked for. */
type TraceQuery = {
  readonly [Name in keyof Omit<TraceFilter, 'project' | 'from' | 'to' | 'failed'>]?:
    | TraceFilter[Name]
    | undefined;
} & {
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly failed?: 'true' | 'false' | undefined;
};

/** Which traces a query asks for; the cause `none` is that of failures that belong to none. */
export function traceFilter(
  project: string,
  { from, to, failed, cause, ...query }: TraceQuery,
): TraceFilter {
  const given = Object.entries({
    ...query,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    failed: failed === undefined ? undefined : failed === 'true',
    cause: cause === 'none' ? '' : cause,
  }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), project };
}
