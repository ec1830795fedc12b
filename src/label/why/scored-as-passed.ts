import type { Score } from '../../contract/trace.ts';
import type { Why } from '../../contract/why.ts';
import { count } from '../../text/format.ts';
import { nameWords } from '../../text/name-words.ts';
import { quoted } from './quoted.ts';
import type { Exemplar, Subject } from './subject.ts';

/**
 * An evaluator (code or a model) passed these failures, although another outcome of the same traces, a score
 * or people's feedback, failed them. Only evaluators whose name says that they judge the whole answer or this kind
 * of failure. Never replaces another layer that was found: it says why the failure went unseen, not why it arose.
 */
export function scoredAsPassed({ category, exemplars }: Subject): Why | null {
  const judged = exemplars.flatMap((exemplar) => {
    const failing = failingOutcome(exemplar);
    return failing === null ? [] : [{ exemplar, failing }];
  });
  const names = new Set(
    judged.flatMap(({ exemplar }) => exemplar.trace.scores.map(({ name }) => name)),
  );
  for (const name of [...names].sort()) {
    if (!judges(name, category)) continue;
    const passed = judged.flatMap(({ exemplar: { trace }, failing }) => {
      const at = trace.scores.findIndex((score) => score.name === name);
      const score = trace.scores[at];
      const isOther =
        failing.path.split('/')[2] !== String(at) || !failing.path.startsWith('/scores/');
      return score !== undefined && isOther && hasPassed(score)
        ? [{ trace, score, at, failing }]
        : [];
    });
    const [first] = passed;
    if (first === undefined || passed.length < 2 || passed.length * 2 < judged.length) continue;
    return {
      statement: `Likely unnoticed because the evaluator \`${name}\` scored these failures as passed (${count(passed.length)} of ${count(judged.length)} examples)`,
      layer: 'evaluation',
      evidence: [scoreQuote(first), { ...first.failing, traceId: first.trace.id }],
    };
  }
  return null;
}

/** The quote of a score or of feedback that failed the trace. */
function failingOutcome({
  signals,
}: Exemplar): Exemplar['signals'][number]['evidence'][number] | null {
  const found = signals.find(({ detector }) => OUTCOMES.has(detector));
  return found?.evidence[0] ?? null;
}

const OUTCOMES: ReadonlySet<string> = new Set(['score', 'outcome', 'negative_feedback']);

/** Words of names that judge the whole answer. */
const WHOLE = new Set(
  'correctness correct accuracy quality overall pass passed success succes successful helpfulness helpful judge resolved complete completion completeness task verdict'.split(
    ' ',
  ),
);

const KINDS: Readonly<Record<string, RegExp>> = {
  groundedness_miss: /ground|faith|hallucinat/i,
  hallucinated_entity: /ground|faith|hallucinat/i,
  retrieval_miss: /retriev|context|recall|relevan/i,
  tool_argument_mismatch: /tool|argument|function/i,
  tool_wrong_tool: /tool|function/i,
  schema_violation: /schema|format|json/i,
  refusal_under_trigger: /safe|polic|harm/i,
};

const judges = (name: string, category: string): boolean =>
  !BAD_IS_HIGH.test(name) &&
  (nameWords(name).some((word) => WHOLE.has(word)) || KINDS[category]?.test(name) === true);

/** Names of scores of which more is worse. */
const BAD_IS_HIGH =
  /hallucinat|harm|toxi|bias|error|fail|risk|violat|incorrect|wrong|latency|cost/i;

const hasPassed = ({ annotator, label, value }: Score): boolean =>
  annotator !== 'human' &&
  (PASSED.test(label ?? '') || (label === null && value !== null && value >= 0.8 && value <= 1));

const PASSED = /^\W*(?:pass(?:ed)?|correct|good|ok|true|yes|safe|success|grounded|faithful)\W*$/i;

function scoreQuote({
  trace,
  score,
  at,
}: {
  readonly trace: Exemplar['trace'];
  readonly score: Score;
  readonly at: number;
}): Why['evidence'][number] {
  const path = `/scores/${at}`;
  if (score.explanation)
    return quoted(trace, `${path}/explanation`, score.explanation, score.spanId);
  if (score.label) return quoted(trace, `${path}/label`, score.label, score.spanId);
  return quoted(trace, `${path}/value`, String(score.value), score.spanId);
}
