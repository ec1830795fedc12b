import { effectiveSums } from '../store/telemetry/effective-sums.ts';
import type {
  CauseValues,
  TraceRow,
  WatchedFigure,
  WatchedStretches,
} from '../store/telemetry/telemetry.ts';
import { weightedSums } from './memory-versions.ts';

const STRETCH = 300_000;

/** Figures of stretches of these traces. */
export function stretchesOf(
  rows: readonly TraceRow[],
  { from, to }: { readonly from: number; readonly to: number },
  figure: WatchedFigure,
  causeOf: (row: TraceRow) => string,
): WatchedStretches {
  const start = from - (from % STRETCH);
  const length = Math.max(0, Math.ceil((to - start) / STRETCH));
  const [exposures, totals, squares] = [0, 1, 2].map(() => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const pairs = Map.groupBy(
    rows
      .filter(({ anchor }) => anchor >= start && anchor < to)
      .map((row) => ({ row, value: watchedValue(row, figure, causeOf) })),
    ({ row }) => Math.floor((row.anchor - start) / STRETCH),
  );
  for (const [at, all] of pairs) {
    const sums = weightedSums(
      all.flatMap(({ row, value }) => (value === null ? [] : [[row.weight, value] as const])),
    );
    const isLevel = figure.of === 'score' || figure.of === 'cost' || figure.of === 'latency';
    const [level] = isLevel ? effectiveSums([sums]) : [];
    exposures[at] = level?.count ?? sums.weights;
    totals[at] = level?.total ?? sums.total;
    squares[at] = level?.squares ?? 0;
  }
  return { start, exposures, totals, squares };
}

/** Null where the trace is no exposure. */
function watchedValue(
  row: TraceRow,
  figure: WatchedFigure,
  causeOf: (row: TraceRow) => string,
): number | null {
  if (figure.of === 'traffic') return 1;
  if (!row.eligible) return null;
  switch (figure.of) {
    case 'failures':
      return Number(row.failed);
    case 'causes':
      return Number(row.failed && figure.causes.includes(causeOf(row)));
    case 'novelty':
      return row.failed ? Number(causeOf(row) === '') : null;
    case 'score':
      return row.scores[figure.score] ?? null;
    case 'cost':
      return row.cost > 0 ? Math.log(row.cost) : null;
    case 'latency':
      return row.end > row.start ? Math.log(Math.trunc(row.end - row.start) + 1) : null;
    default: {
      const never: never = figure;
      return never;
    }
  }
}

/** The values of a score by cause, in order of the causes. */
export function valuesByCauseOf(
  rows: readonly TraceRow[],
  score: string,
  causeOf: (row: TraceRow) => string,
): readonly CauseValues[] {
  const scored = rows.filter((row) => row.eligible && row.scores[score] !== undefined);
  const groups = [...Map.groupBy(scored, (row) => causeOf(row))].sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const sums = effectiveSums(
    groups.map(([, of]) => weightedSums(of.map((row) => [row.weight, row.scores[score] ?? 0]))),
  );
  return groups.map(([cause], at) => ({ cause, ...sums[at]! }));
}
