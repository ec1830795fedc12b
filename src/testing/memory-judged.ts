import type {
  JudgedCount,
  ScoreRow,
  TraceRow,
  Unjudged,
  UnjudgedRequest,
} from '../store/telemetry/telemetry.ts';
import { samplingKey } from '../text/hash.ts';

const SOURCE = 'judge';

/** Rows without a score of the judge, those received last first. */
export function unjudgedOf(
  rows: readonly TraceRow[],
  scores: readonly ScoreRow[],
  { project, judge, salt, rate, without }: UnjudgedRequest,
  most: number,
): Unjudged {
  const done = new Set(
    scores
      .filter((row) => row.project === project && row.source === SOURCE && row.score.name === judge)
      .map(({ traceId }) => traceId),
  );
  const left = rows
    .filter(({ traceId }) => samplingKey(`${salt} ${traceId}`, 0) < rate)
    .filter(({ traceId }) => !done.has(traceId) && !without.includes(traceId))
    .sort((a, b) => b.received - a.received);
  return {
    traceIds: left.slice(0, most).map(({ traceId }) => traceId),
    total: left.length,
    oldest: left.at(-1)?.received ?? null,
  };
}

/** The scores of a judge by label. */
export function judgedCountsOf(
  scores: readonly ScoreRow[],
  judge: string,
  { hour, day }: { readonly hour: number; readonly day: number },
): readonly JudgedCount[] {
  const own = scores.filter(
    ({ source, score, at }) => source === SOURCE && score.name === judge && at >= day,
  );
  return [...Map.groupBy(own, ({ score }) => score.label ?? '')].map(([label, rows]) => ({
    ...{ label, inDay: rows.length, inHour: rows.filter(({ at }) => at >= hour).length },
    last: Math.max(...rows.map(({ at }) => at)),
  }));
}
