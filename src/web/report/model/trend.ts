import type { ReportModel } from './report-model.ts';

/** Whether at least half of the traces have a time: below that, what is drawn over time says little. */
export function hasTimes({ analysis }: Pick<ReportModel, 'analysis'>): boolean {
  const timed = analysis.traffic.buckets?.traces.reduce((sum, count) => sum + count, 0) ?? 0;
  const eligible = analysis.funnel.find(({ name }) => name === 'eligible')?.count ?? 0;
  return timed > 0 && timed >= eligible / 2;
}

/** Estimated failures per bucket of the traffic; null without times. */
export function trendOf(
  { analysis, failures }: Pick<ReportModel, 'analysis' | 'failures'>,
  members: readonly number[],
): number[] | null {
  const { buckets } = analysis.traffic;
  if (buckets === null || !hasTimes({ analysis })) return null;
  const trend = new Array<number>(buckets.traces.length).fill(0);
  for (const i of members) {
    const failure = failures[i];
    if (failure === undefined || failure.startTime === null) continue;
    const at = Math.floor((failure.startTime - buckets.start) / buckets.width);
    if (at >= 0 && at < trend.length) trend[at] = (trend[at] ?? 0) + failure.weight;
  }
  return trend;
}

/** First and last moment of some failures; null without times. */
export function seenIn(
  { failures }: Pick<ReportModel, 'failures'>,
  members: readonly number[],
): readonly [number, number] | null {
  let [first, last] = [Infinity, -Infinity];
  for (const i of members) {
    const time = failures[i]?.startTime ?? null;
    if (time === null) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return first <= last ? [first, last] : null;
}
