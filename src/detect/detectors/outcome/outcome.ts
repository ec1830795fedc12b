import type { Outcome } from '../../../contract/file-model.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { maskedKey } from '../../../text/mask.ts';
import { isFeedbackName, knownScore } from '../../../text/score-names.ts';
import { field, statement } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import { failedBy } from '../../file/outcomes.ts';
import type { Finding } from '../../finding.ts';
import type { Run } from '../../run/run.ts';
import { isFor } from '../score/rule-verdict.ts';

const NOT_RECORDED = inconclusive('no column or label says whether it failed');

/** A column or a label of any name that says in the words of the file that the trace failed. */
export const outcome = defineDetector({
  id: 'outcome',
  tier: 'filter',
  finds: 'a column, label or pass/fail score that says the trace failed',
  detect(run, file) {
    if (file === null) return NOT_RECORDED;
    const findings: (Finding | null)[] = [];
    let isJudged = false;
    for (const each of file.model.outcomes) {
      if (each.failed === 0 || each.passed === 0 || isJudgedElsewhere(each, run)) continue;
      const failed = failedBy(each, run.trace);
      if (failed === null) continue;
      isJudged = true;
      if (failed) findings.push(finding(run, each));
    }
    return isJudged ? findings : NOT_RECORDED;
  },
});

/** The detectors `score` and `negative_feedback` know the direction of common names. */
const isJudgedElsewhere = ({ from, name }: Outcome, { options }: Run): boolean =>
  options.scores.some((rule) => isFor(rule, name)) ||
  (from === 'score' && (knownScore(name) !== undefined || isFeedbackName(name)));

function finding(run: Run, { from, name }: Outcome): Finding | null {
  const shown = maskedKey(name, 60);
  return run.finding({
    confidence: 0.9,
    statement: statement`${field(shown)} says that it failed`,
    cause: [shown],
    evidence: [from === 'field' ? columnQuote(run, name) : scoreQuote(run, name)],
  });
}

function columnQuote(run: Run, name: string): Evidence | null {
  const value = run.trace.metadata[name];
  return typeof value === 'string' ? run.quote(pointer('metadata', name), value) : null;
}

function scoreQuote(run: Run, name: string): Evidence | null {
  const index = run.trace.scores.findIndex((score) => score.name === name);
  const score = run.trace.scores[index];
  if (score === undefined) return null;
  return score.label === null
    ? run.quote(pointer('scores', index, 'value'), String(score.value), score.spanId)
    : run.quote(pointer('scores', index, 'label'), score.label, score.spanId);
}
