import type { QueueRule, Reason } from '../../contract/queue.ts';
import type { Said } from '../../detect/ask.ts';
import type { StoredAssignment, TraceRow } from '../../store/telemetry/telemetry.ts';
import { samplingKey } from '../../text/hash.ts';

/** A failed trace with what is known of it when queues are filled. */
export interface Candidate {
  readonly row: Pick<
    TraceRow,
    'traceId' | 'tenant' | 'status' | 'scores' | 'signals' | 'input' | 'name' | 'start'
  >;
  /** Null until an analysis has looked at it. */
  readonly assignment: StoredAssignment | null;
  readonly said: Said;
  /** What people say of it that others do not: `two people`. */
  readonly disputes: readonly string[];
}

const POINTS: Readonly<Record<Reason['kind'], number>> = {
  ...{ error: 100, thumbs_down: 80, low_score: 60, new_kind: 60, disagreement: 60, edge: 50 },
  ...{ signal: 40, cause: 40, rank: 40, chosen: 40 },
};

/** Names that tools give to the thumbs of users. */
const THUMBS = /thumb|user[_ -]?feedback|user[_ -]?rating/i;
const MOST_SIGNALS = 3;

const reason = (kind: Reason['kind'], name = ''): Reason => ({ kind, name, points: POINTS[kind] });

/** Why somebody should look at a trace, the strongest reason first. */
export function reasonsOf(candidate: Candidate, rule: QueueRule): readonly Reason[] {
  const { status, scores, signals } = candidate.row;
  return [
    ...(status === 'error' ? [reason('error')] : []),
    ...Object.entries(scores).flatMap(([name, value]) =>
      THUMBS.test(name) && value <= 0 ? [reason('thumbs_down', name)] : [],
    ),
    ...(rule.score === undefined ? [] : [reason('low_score', rule.score.name)]),
    ...callsOf(candidate),
    ...signals.slice(0, MOST_SIGNALS).map((name) => reason('signal', name)),
    ...(rule.cause === undefined ? [] : [reason('cause', rule.cause)]),
  ];
}

/** Whether a failed trace meets a rule. */
export function meets(candidate: Candidate, rule: QueueRule): boolean {
  const { row, assignment } = candidate;
  const { signal, score, cause, tenant, sample } = rule;
  if (signal !== undefined && !row.signals.includes(signal)) return false;
  if (tenant !== undefined && row.tenant !== tenant) return false;
  if (cause !== undefined && assignment?.cluster !== cause) return false;
  if (score !== undefined) {
    const value = row.scores[score.name];
    if (value === undefined || value >= score.below) return false;
  }
  if (rule.reason !== undefined && !callsOf(candidate).some(({ kind }) => kind === rule.reason))
    return false;
  return sample >= 1 || samplingKey(row.traceId, 0) < sample;
}

/** What calls for a look whatever else is wrong: it fits no cause, something disagrees, it fits several causes. */
function callsOf({ assignment, said, disputes }: Candidate): readonly Reason[] {
  const isDisputed = said.scores !== null && said.scores !== said.detectors;
  return [
    ...(assignment?.cluster === '' ? [reason('new_kind')] : []),
    ...(isDisputed ? [reason('disagreement', 'scores and detectors')] : []),
    ...disputes.map((name) => reason('disagreement', name)),
    ...(assignment !== null && assignment.distance > 0 ? [reason('edge', assignment.cluster)] : []),
  ];
}

/** That a person put it there. */
export const CHOSEN: Reason = reason('chosen');

/** Of a cause: the first in rank has 100 points, each further one 5 less. */
export const rankReason = (rank: number): Reason => ({
  ...{ kind: 'rank', name: String(rank) },
  points: Math.max(POINTS.rank, 105 - 5 * rank),
});
