import { expect } from 'vitest';
import { assignmentVersion, ROLLING } from '../../src/store/telemetry/rows.ts';
import type {
  AssignmentRow,
  CauseRules,
  TelemetryStore,
  TraceFilter,
  TraceRow,
} from '../../src/store/telemetry/telemetry.ts';
import { memoryVersions } from '../../src/testing/memory-versions.ts';
import { JULY, LATER, traceRow } from './sample-rows.ts';

export const HOUR = 3_600_000;

/** Traces over five weeks; `nth` decides on everything. */
export const made = (nth: number, version = 1): TraceRow =>
  traceRow({
    ...{ traceId: `t${nth}`, version, anchor: JULY + nth * HOUR, start: JULY + nth * HOUR },
    status: (['ok', 'error', 'unset'] as const)[nth % 3]!,
    tenant: `tenant-${nth % 4}`,
    promptVersion: version > 1 ? 'v9' : `v${nth % 5}`,
    promptName: nth % 3 === 0 ? 'summary' : 'answer',
    release: nth % 13 === 0 ? '' : `r${nth % 2}`,
    environment: nth % 7 === 0 ? 'staging' : 'production',
    user: `user ${nth % 11}`,
    failed: (nth + version) % 3 === 0,
    eligible: nth % 10 !== 0,
    signals: nth % 6 === 0 ? ['refusal', 'loop'] : [],
    scores: nth % 2 === 0 ? { quality: (nth % 20) / 20, other: 1 } : {},
    output: nth % 8 === 0 ? `Your REFUND-order nr ${nth} is late.` : 'All good: café open',
    ...{ cost: (nth % 4) / 100, end: JULY + nth * HOUR + 250 * (nth % 9) },
    metadata: { nth },
  });

/** Two analyses, the second of which says other causes; some traces wait for one. */
export const assigned = (nth: number, analysis: number): AssignmentRow => ({
  ...{ project: 'p', clustering: ROLLING, traceId: `t${nth}`, anchor: JULY + nth * HOUR },
  cluster: nth % 4 === 0 ? '' : `c-${nth % 4}${analysis === 2 && nth % 3 === 0 ? '-new' : ''}`,
  ...{ distance: 0, version: assignmentVersion(JULY + analysis, 1), expires: LATER },
  ...{ environment: 'production', detectorVersion: '1' },
});
/** '' for none. */
export const causeOf = ({ anchor, traceId }: TraceRow, rules?: CauseRules): string => {
  const nth = (anchor - JULY) / HOUR;
  const own = nth % 9 === 0 ? '' : assigned(nth, nth % 2 === 0 ? 2 : 1).cluster;
  return rules?.placed.get(traceId) ?? rules?.merged.get(own) ?? own;
};

/** A merge, and failures that people moved; the last has a name that is no plain text in a statement. */
export const RULES: CauseRules = {
  merged: new Map([
    ['c-1-new', 'c-1'],
    ['c-3', "c-'-- { error }"],
  ]),
  placed: new Map([
    ...[2, 3, 9, 12].map((nth) => [`t${nth}`, 'c-split'] as const),
    ...[5, 6].map((nth) => [`t${nth}`, ''] as const),
    ['t18', 'c-1'],
    ["'; -- { serverError 27 }", 'c-1'],
  ]),
};

/** Whether a filter selects a row. */
export const matches = (
  row: TraceRow,
  { ids, score, words, signal, cause, rules, from, to, project: _, ...same }: TraceFilter,
): boolean =>
  row.anchor >= (from ?? 0) &&
  (ids === undefined || ids.includes(row.traceId)) &&
  row.anchor < (to ?? Number.POSITIVE_INFINITY) &&
  (cause === undefined || (row.failed && causeOf(row, rules) === cause)) &&
  (signal === undefined || row.signals.includes(signal)) &&
  (score === undefined ||
    (score.name in row.scores &&
      row.scores[score.name]! >= (score.atLeast ?? -1) &&
      row.scores[score.name]! < (score.below ?? 99))) &&
  (words === undefined ||
    words
      .toLowerCase()
      .split(' ')
      .every((word) =>
        row.output
          .toLowerCase()
          .split(/[^a-z0-9é]+/)
          .includes(word),
      )) &&
  Object.entries(same).every(([key, value]) => row[key as keyof TraceRow] === value);

/** What the store tells of the traffic of rows, each of which stands for itself; in order of the values. */
const trafficOf = (rows: readonly TraceRow[], facet: 'day' | 'release' | 'promptVersion') =>
  [
    ...Map.groupBy(rows, (row) =>
      facet === 'day' ? new Date(row.anchor).toISOString().slice(0, 10) : row[facet],
    ),
  ]
    .map(([value, of]) => ({
      ...{ value, traces: of.length },
      eligible: of.filter(({ eligible }) => eligible).length,
      failed: of.filter(({ eligible, failed }) => eligible && failed).length,
      first: Math.min(...of.map(({ anchor }) => anchor)),
      last: Math.max(...of.map(({ anchor }) => anchor)),
    }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));

/** The traffic by value and version, its scores and signals are those of the rows that match. */
export async function expectTraffic(
  store: Pick<
    TelemetryStore,
    'trafficBy' | 'versions' | 'versionsOverTime' | 'scoreSums' | 'signalsBy'
  >,
  filter: TraceFilter,
  expected: readonly TraceRow[],
): Promise<void> {
  const told = memoryVersions(() => expected);
  const inOrder = <Row>(rows: readonly Row[]): readonly Row[] =>
    rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  for (const facet of ['day', 'release', 'promptVersion'] as const)
    expect(inOrder(await store.trafficBy(filter, facet))).toEqual(
      inOrder(trafficOf(expected, facet)),
    );
  for (const by of ['promptVersion', 'release'] as const) {
    const versions = await store.versions(filter, by);
    expect(inOrder(versions)).toEqual(inOrder(await told.versions(filter, by)));
    const days = await store.versionsOverTime(filter, by, 'day');
    expect(days).toEqual(await told.versionsOverTime(filter, by, 'day'));
    expect(await store.signalsBy(filter, by)).toEqual(await told.signalsBy(filter, by));
  }
  for (const by of ['promptVersion', 'hour'] as const)
    expect(await store.scoreSums(filter, by)).toEqual(
      (await told.scoreSums(filter, by)).map((sums) => ({
        ...sums,
        ...{ total: expect.closeTo(sums.total, 9), squares: expect.closeTo(sums.squares, 9) },
      })),
    );
}
