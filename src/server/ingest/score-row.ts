import type { RawScore } from '../../collect/receive.ts';
import type { ScoreRow } from '../../store/telemetry/telemetry.ts';
import { expiry } from './expiry.ts';

const HEX_TRACE = /^[0-9a-f]{32}$/;

/**
 * The row of a score. LangSmith's clients may name a run alone: the id of a root run is that of its trace, so a run id
 * of 32 digits counts as one.
 */
export function scoreRow(
  { traceId, sessionId, responseId, score, id = '', environment = '' }: RawScore,
  given: Pick<ScoreRow, 'project' | 'source'> & { readonly now: number; readonly keepDays: number },
): ScoreRow {
  const { spanId } = score;
  const isByRun =
    traceId === null && sessionId === null && spanId !== null && HEX_TRACE.test(spanId);
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
