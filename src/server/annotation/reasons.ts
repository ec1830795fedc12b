import type { QueueRule, Reason } from '../../contract/queue.ts';
import type { TraceRow } from '../../store/telemetry/telemetry.ts';
import { samplingKey } from '../../text/hash.ts';

const ERROR = 100;
const THUMBS_DOWN = 80;
const LOW_SCORE = 60;
const OTHER = 40;

/** Names that tools give to the thumbs of users. */
const THUMBS = /thumb|user[_ -]?feedback|user[_ -]?rating/i;

/** Why somebody should look at a trace, the strongest reason first. */
export function reasonsOf(
  row: Pick<TraceRow, 'status' | 'scores' | 'signals'>,
  rule: QueueRule,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (row.status === 'error') reasons.push({ kind: 'error', name: '', points: ERROR });
  for (const [name, value] of Object.entries(row.scores))
    if (THUMBS.test(name) && value <= 0)
      reasons.push({ kind: 'thumbs_down', name, points: THUMBS_DOWN });
  if (rule.score !== undefined)
    reasons.push({ kind: 'low_score', name: rule.score.name, points: LOW_SCORE });
  for (const name of row.signals.slice(0, 3)) reasons.push({ kind: 'signal', name, points: OTHER });
  if (rule.cause !== undefined) reasons.push({ kind: 'cause', name: rule.cause, points: OTHER });
  return reasons;
}

/** Whether a failed trace meets a rule, apart from its cause, which is not part of the row. */
export function meets(
  row: Pick<TraceRow, 'traceId' | 'tenant' | 'scores' | 'signals'>,
  { signal, score, tenant, sample }: QueueRule,
): boolean {
  if (signal !== undefined && !row.signals.includes(signal)) return false;
  if (tenant !== undefined && row.tenant !== tenant) return false;
  if (score !== undefined) {
    const value = row.scores[score.name];
    if (value === undefined || value >= score.below) return false;
  }
  return sample >= 1 || samplingKey(row.traceId, 0) < sample;
}
