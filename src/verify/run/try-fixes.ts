import type { AttemptRecord, RunHeader, RunLine } from '../../contract/eval-run.ts';
import type { FixHypothesis } from '../../contract/fix.ts';
import type { Budget } from '../../contract/suite.ts';
import { contentHash } from '../suite/suite-hash.ts';
import { type FixJudgment, fixVerdict } from '../verdict/fix-verdict.ts';
import { type EvalInput, type EvalResult, evaluate } from './evaluate.ts';
import { attemptKey } from './plan-attempts.ts';
import type { SelectedSuite } from './select-suites.ts';

/** The run of one hypothesis, ready to begin. */
interface OpenTrial extends Pick<EvalInput, 'header' | 'write' | 'send'> {
  readonly close: () => void;
}

export interface FixTrials
  extends Pick<EvalInput, 'services' | 'concurrency' | 'now' | 'signal' | 'progress'> {
  /** The suite of the cause, with the cases that a run attempts. */
  readonly suite: SelectedSuite;
  readonly hypotheses: readonly FixHypothesis[];
  /** Of all trials together. */
  readonly budget: Budget;
  /** Whether the target reads the patched files by itself, and so may not. */
  readonly readsFiles: boolean;
  /** Opens the run of a hypothesis. `family`: hypotheses that are tried on the same slice. */
  readonly open: (
    hypothesis: FixHypothesis,
    registered: { readonly budget: Budget; readonly family: number },
  ) => Promise<OpenTrial>;
}

export interface TriedFix extends FixJudgment {
  readonly hypothesis: FixHypothesis;
  readonly header: RunHeader;
  readonly result: EvalResult;
}

/**
 * Tries hypotheses one after the other against the target as it is, until one works. Each has a run of its own; the
 * attempts at the target as it is are made once. All are registered before the first: p-values are multiplied by their
 * number (Bonferroni), so that trying more of them does not make one of them work.
 */
export async function tryFixes(trials: FixTrials): Promise<readonly TriedFix[]> {
  const { suite, hypotheses, readsFiles, signal } = trials;
  const family = hypotheses.length;
  const register = { smallestEffect: suite.suite.register.smallestEffect, family };
  const tried: TriedFix[] = [];
  let left: Budget = trials.budget;
  let kept: readonly AttemptRecord[] | null = null;
  const before = new Map<string, string>();
  for (const hypothesis of hypotheses) {
    const { header, write, send, close } = await trials.open(hypothesis, { budget: left, family });
    const after = new Map<string, string>();
    try {
      const result: EvalResult = await evaluate({
        ...{ suites: [suite], header, kept, before: null, send, signal },
        ...{ services: trials.services, concurrency: trials.concurrency, now: trials.now },
        ...(trials.progress && { progress: trials.progress }),
        write: (line) => {
          write(line);
          remember(line, line.kind === 'attempt' && line.arm === 'baseline' ? before : after);
        },
      });
      const isUnread = readsFiles && isSame(before, after);
      const judged = fixVerdict(result.judgment, register);
      tried.push({
        ...{ hypothesis, header, result },
        ...(isUnread && judged.verdict === 'refuted' ? UNREAD : judged),
      });
      kept ??= result.attempts
        .filter(({ arm }) => arm === 'baseline')
        .map((each) => ({ ...each, usage: { ...each.usage, calls: 0, tokens: 0, dollars: 0 } }));
      left = minus(left, result.spent);
      if (judged.verdict === 'works' || result.stopped !== null || isUsedUp(left)) break;
    } finally {
      close();
    }
  }
  return tried;
}

const UNREAD: FixJudgment = {
  verdict: 'no_evidence',
  sentence:
    'every answer is the same as without the change: make the target read the file that CULPRIT_PROMPT_FILE or CULPRIT_TOOLS_FILE names',
  needed: null,
};

/** Keeps what an attempt said and called. */
function remember(line: RunLine, said: Map<string, string>): void {
  if (line.kind !== 'attempt' || line.trace === null) return;
  const { output, messages } = line.trace;
  const steps = messages.map(({ role, content, toolCalls }) => [
    role,
    content,
    ...toolCalls.map((call) => [call.name, call.arguments]),
  ]);
  said.set(attemptKey({ ...line, arm: 'candidate' }), contentHash([output, steps]));
}

/** Whether all that was said before was said again. */
const isSame = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean =>
  after.size > 0 && [...after].every(([key, said]) => before.get(key) === said);

/** What is left of a budget. */
const minus = ({ calls, tokens, dollars }: Budget, spent: EvalResult['spent']): Budget => ({
  ...(calls === undefined ? {} : { calls: calls - spent.calls }),
  ...(tokens === undefined ? {} : { tokens: tokens - spent.tokens }),
  ...(dollars === undefined ? {} : { dollars: dollars - spent.dollars }),
});

const isUsedUp = (left: Budget): boolean =>
  Object.values(left).some((amount) => amount !== undefined && amount <= 0);
