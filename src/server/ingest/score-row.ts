import type { RawScore } from '../../collect/receive.ts';
import type { ScoreRow } from '../../store/telemetry/telemetry.ts';
import { expiry } from './expiry.ts';

/** The row of a score. One that names a session, a response or a run alone names no trace until it is placed. */
export function scoreRow(
  { traceId, sessionId, responseId, score, id = '', environment = '' }: RawScore,
  given: Pick<ScoreRow, 'project' | 'source'> & { readonly now: number; readonly keepDays: number },
): ScoreRow {
  return {
    project: given.project,
    traceId: traceId ?? '',
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
