import type { FileModel } from '../../contract/file-model.ts';
import type { Trace } from '../../contract/trace.ts';
import { ruleVerdict } from '../detectors/score/rule-verdict.ts';
import type { DetectOptions } from '../run/options.ts';
import { isAspect } from '../run/score-names.ts';
import { failedBy } from './outcomes.ts';

/**
 * Whether the input itself says that a trace failed: by the user's score rules, else by the first outcome of the file
 * that has a value for it. A good score for one side of the answer says nothing. Null where nothing is said.
 */
export function recordedOutcome(
  trace: Trace,
  { scores }: Pick<DetectOptions, 'scores'>,
  { outcomes }: Pick<FileModel, 'outcomes'>,
): boolean | null {
  const byRule = ruleVerdict(trace, scores);
  if (byRule !== null) return byRule;
  for (const outcome of outcomes) {
    const failed = failedBy(outcome, trace);
    if (failed === null || (!failed && outcome.from === 'score' && isAspect(outcome.name)))
      continue;
    return failed;
  }
  return null;
}
