import type { RawScore } from '../../collect/receive.ts';
import type { ScoreRow } from '../../store/telemetry/telemetry.ts';
import type { FinishedTrace } from './finished-trace.ts';

/** Rows of scores that the spans of a trace hold about other traces. Assembled again, they are the same rows. */
export function elsewhereRows(
  scores: readonly RawScore[],
  { project, traceId: from, format, received, anchor, expires }: FinishedTrace,
): readonly ScoreRow[] {
  const counts = new Map<string, number>();
  return scores.map(({ traceId, score }) => {
    const about = JSON.stringify([traceId, score.spanId, score.name]);
    const nth = counts.get(about) ?? 0;
    counts.set(about, nth + 1);
    return {
      ...{ project, traceId: traceId ?? '', sessionId: '', responseId: '', environment: '' },
      ...{ score, source: format, expires, version: received },
      // Two scores of one name about one span stay two.
      id: nth === 0 ? from : `${from} ${nth}`,
      at: anchor ?? received,
    };
  });
}
