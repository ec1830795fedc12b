import type {
  AttemptPlace,
  ReportedAttempt,
  ReportedAttempts,
  ReportedConversation,
} from '../../../contract/eval-report.ts';
import type { AttemptRecord } from '../../../contract/eval-run.ts';
import { verdictOf } from '../../checks/use-check.ts';

/** One attempt with what was said in it; null where its record has no trace. */
export interface ShownAttempt {
  readonly attempt: Omit<AttemptRecord, 'trace' | 'arm' | 'cause' | 'case' | 'kind' | 'at'>;
  readonly conversation: ReportedConversation | null;
}

export interface CaseAttempts {
  readonly recorded: ShownAttempt;
  readonly baseline: readonly ShownAttempt[];
  readonly candidate: readonly ShownAttempt[];
}

/**
 * The attempts at a case with as many of their conversations as there is room for: first those that say most, then the
 * others in order. `room` is in characters of JSON; the two sides that are shown first are always there.
 */
export function reportedAttempts(shown: CaseAttempts, room: number): ReportedAttempts {
  const { recorded, baseline, candidate } = shown;
  const kept = new Map<string, number>();
  const conversations: ReportedConversation[] = [];
  let free = room;
  const { left, right } = sidesOf(shown);
  const order = [
    attemptAt(shown, left),
    ...(right === null ? [] : [attemptAt(shown, right)]),
    ...[recorded, ...candidate, ...baseline],
  ];
  for (const [index, each] of order.entries()) {
    if (each?.conversation == null) continue;
    const text = JSON.stringify(each.conversation);
    if (kept.has(text) || (index > 1 && text.length > free)) continue;
    kept.set(text, conversations.length);
    conversations.push(each.conversation);
    free -= text.length;
  }
  const reported = ({ attempt, conversation }: ShownAttempt): ReportedAttempt => {
    const { repeat, error, causes, isLive, replay, usage, tries, maybeChargedTwice } = attempt;
    return {
      ...{ repeat, error, causes, isLive, replay, usage, tries, maybeChargedTwice },
      verdict: error === null ? verdictOf(attempt.checks) : 'error',
      checks: attempt.checks.map(({ evidence: _, ...check }) => check),
      conversation: conversation === null ? null : (kept.get(JSON.stringify(conversation)) ?? null),
    };
  };
  return {
    ...{ conversations, left, right },
    recorded: reported(recorded),
    baseline: baseline.map(reported),
    candidate: candidate.map(reported),
  };
}

/**
 * The attempts that are compared first. On the right one that does not pass, if there is one. On the left one of the
 * baseline that ended in another way; without a baseline the recorded trace.
 */
function sidesOf({ baseline, candidate }: CaseAttempts): Pick<ReportedAttempts, 'left' | 'right'> {
  const bad = candidate.findIndex((each) => !passes(each));
  const after = candidate[Math.max(0, bad)];
  const other = baseline.findIndex((each) => after !== undefined && passes(each) !== passes(after));
  return {
    left:
      baseline.length === 0
        ? { arm: 'recorded', at: 0 }
        : { arm: 'baseline', at: Math.max(0, other) },
    right: after === undefined ? null : { arm: 'candidate', at: Math.max(0, bad) },
  };
}

const attemptAt = (shown: CaseAttempts, { arm, at }: AttemptPlace): ShownAttempt | undefined =>
  arm === 'recorded' ? shown.recorded : shown[arm][at];

const passes = ({ attempt: { error, checks } }: ShownAttempt): boolean =>
  error === null && verdictOf(checks) === 'pass';
