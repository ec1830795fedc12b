import type { RawScore } from '../../collect/receive.ts';
import type { ScoreRow } from '../../store/telemetry/telemetry.ts';
import { expiry } from './expiry.ts';

/**
 * The row of a score. LangSmith's clients may name a run alone: the id of a root run is that of its trace, which is known
 * where such a trace is. Otherwise the score names no trace until it is found by its run.
 */
export function scoreRow(
  { traceId, sessionId, responseId, score, id = '', environment = '' }: RawScore,
  given: Pick<ScoreRow, 'project' | 'source'> & {
    readonly now: number;
    readonly keepDays: number;
    readonly isTrace: (id: string) => boolean;
  },
): ScoreRow {
  const { spanId } = score;
  const isByRun =
    traceId === null && sessionId === null && spanId !== null && given.isTrace(spanId);
  return {
    project: given.project,
    traceId: traceId ?? (isByRun ? spanId : ''),
    sessionId: sessionId ?? '',
    responseId: responseId ?? '',
    score,
    environment,
    source: given.source,
    expires: expiry(given.now, given.keepDays),
    id,
    at: given.now,
    version: given.now,
  };
}
