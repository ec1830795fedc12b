import type { CasePayload } from '../../contract/case-payload.ts';
import type { AttemptRecord } from '../../contract/eval-run.ts';
import type { AttemptRequest } from '../../contract/eval-target.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import { fnv1a } from '../../text/hash.ts';
import type { SelectedSuite } from './select-suites.ts';

export type Arm = AttemptRecord['arm'];

/** One attempt that a run has to make. */
export interface PlannedAttempt {
  readonly arm: Arm;
  readonly read: SelectedSuite;
  readonly case: SuiteCase;
  readonly repeat: number;
}

/**
 * Every attempt of a run, in the order in which it makes them: repeat by repeat and the two arms side by side, so that
 * a run that is stopped early has seen every case, and what changes with time changes both arms.
 */
export function planAttempts(
  suites: readonly SelectedSuite[],
  arms: readonly Arm[],
): readonly PlannedAttempt[] {
  const most = suites.reduce((max, { suite }) => Math.max(max, suite.register.repeats), 0);
  const planned: PlannedAttempt[] = [];
  for (let repeat = 0; repeat < most; repeat += 1)
    for (const read of suites) {
      if (repeat >= read.suite.register.repeats) continue;
      for (const each of read.suite.cases)
        for (const arm of arms) planned.push({ arm, read, case: each, repeat });
    }
  return planned;
}

/** What tells an attempt from all others of its run. */
export const attemptKey = ({
  arm,
  cause,
  case: id,
  repeat,
}: Pick<AttemptRecord, 'arm' | 'cause' | 'case' | 'repeat'>): string =>
  `${arm} ${cause} ${id} ${repeat}`;

/** What the target is given. */
export function requestOf(
  { read, case: { id, hash }, repeat }: PlannedAttempt,
  seed: number,
): AttemptRequest {
  const { messages, tools, documents } = payloadOf(read, hash);
  const cause = read.suite.cause.id;
  return {
    cause,
    case: id,
    repeat,
    seed: fnv1a(`${seed} ${cause} ${id} ${repeat}`) >>> 1,
    input: messages.findLast(({ role }) => role === 'user')?.content ?? '',
    messages,
    tools,
    documents,
  };
}

/** The content of a case; a suite that was read has it. */
export const payloadOf = (read: SelectedSuite, hash: string): CasePayload =>
  read.payload.cases.get(hash)!;
