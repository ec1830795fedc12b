import type { Evidence } from '../../../contract/signal.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { answerSpan } from '../../run/last-answer.ts';
import type { Run } from '../../run/run.ts';
import { asksFromPassage } from '../../run/sources.ts';
import { wrongCalculations } from './calculation.ts';
import { checkClaims } from './check-claims.ts';
import { deniesPassage } from './denies-passage.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';
import { isUnsupportedSubmission } from './unsupported-submission.ts';

const CUT_CONTEXT = inconclusive('the recorder cut the documents or tool results');
const NO_CONTEXT = inconclusive('no documents, tool results or passage to compare with');

/**
 * The answer states what its context does not support. It contradicts the source (another number, date or
 * name in the same place, a negation, something said about the wrong name), adds what is not in it (quotes,
 * figures, names, citations), miscalculates, or was made up where a tool should have been asked.
 */
export const groundednessMiss = defineDetector({
  id: 'groundedness_miss',
  tier: 'likely',
  finds:
    'claims that the passages and tool results contradict or do not contain, wrong calculations, and answers made up where a tool should have been asked',
  category: {
    name: 'Groundedness miss',
    definition:
      'Every claim of the answer is supported by the passages and tool results it was given.',
    severity: 4,
    layer: 'prompt',
    fixCost: 3,
    example: 'The answer says that the bridge opened in 1935 where the passage says 1932.',
  },
  detect(run) {
    if (run.output === '') return NO_CONTEXT;
    const found = miscalculated(run) ?? ungrounded(run) ?? madeUp(run);
    if (found !== null) return found;
    if (run.sources === null) return NO_CONTEXT;
    return run.sources.complete ? noFinding : CUT_CONTEXT;
  },
});

function ungrounded(run: Run): Finding | null {
  const context = run.sources;
  // Results of tools are one step of the work: what follows from several of them stands in none.
  if (context === null || !context.complete || context.kind === 'tools') return null;
  const isFromPassage = context.kind === 'passage' && asksFromPassage(run.input);
  const denial = isFromPassage ? deniesPassage(run.output) : null;
  if (denial !== null) return miss(run, 'passage denied', [answerQuote(run, denial)]);
  if (run.refusal?.kind === 'abstains') return null;
  const claims = checkClaims(run.output, context);
  const worst = claims[0];
  if (worst === undefined) return null;
  const same = claims.filter(({ kind }) => kind === worst.kind).slice(0, 5);
  return miss(run, worst.kind, [
    ...same.map(({ text }) => answerQuote(run, text)),
    closestQuote(run, worst),
  ]);
}

const madeUp = (run: Run): Finding | null =>
  run.sources?.kind === 'tools' && isUnsupportedSubmission(run.trace)
    ? miss(run, 'own words', [answerQuote(run, run.output)])
    : null;

/** An equation copied from the question or a source is not the answer's. */
function miscalculated(run: Run): Finding | null {
  const wrong = wrongCalculations(run.output.slice(0, CALCULATION_LIMIT)).filter(
    (equation) =>
      !run.input.includes(equation) &&
      !run.sources?.sources.some((source) => source.text.includes(equation)),
  );
  if (wrong.length === 0) return null;
  return miss(
    run,
    'calculation',
    wrong.map((equation) => answerQuote(run, equation)),
  );
}

const CALCULATION_LIMIT = 20_000;

const answerQuote = (run: Run, text: string): Evidence | null =>
  run.quote('/output', text, answerSpan(run.trace));

/** The sentence of the source that the claim contradicts, where it was recorded in one piece. */
function closestQuote(run: Run, { closest }: UnsupportedClaim): Evidence | null {
  if (closest === null) return null;
  const source = run.sources?.sources.find(({ text }) => text.includes(closest));
  return source === undefined ? null : run.quote(source.path, closest, source.spanId);
}

type Kind = UnsupportedClaim['kind'] | 'calculation' | 'passage denied' | 'own words';

/** Null as well where the claim itself cannot be quoted. */
function miss(run: Run, kind: Kind, evidence: readonly (Evidence | null)[]): Finding | null {
  const { cause, confidence, statement, tier } = KINDS[kind];
  return run.finding({
    cause,
    statement,
    confidence,
    ...(tier !== undefined && { tier }),
    spanId: answerSpan(run.trace),
    evidence: evidence[0] === null ? [] : evidence,
  });
}

interface KindFacts {
  /** What contradicts the source and what is not in it have different fixes. */
  readonly cause: readonly string[];
  /** Share of right claims of the kind on labeled answers, rounded; guessed where they are few. */
  readonly confidence: number;
  /**
   * What rests on words alone cannot tell a paraphrase from an error, on data it was not measured on no better than
   * chance: a symptom. Default: that of the detector.
   */
  readonly tier?: 'symptom';
  readonly statement: string;
}

const KINDS: Readonly<Record<Kind, KindFacts>> = {
  'number changed': {
    cause: ['contradicts source', 'number'],
    confidence: 0.8,
    statement: 'The answer gives a different number than its sources',
  },
  'date changed': {
    cause: ['contradicts source', 'date'],
    confidence: 0.75,
    statement: 'The answer gives a different date than its sources',
  },
  'name changed': {
    cause: ['contradicts source', 'name'],
    confidence: 0.75,
    statement: 'The answer misspells a name from its sources',
  },
  negation: {
    cause: ['contradicts source', 'negation'],
    tier: 'symptom',
    confidence: 0.6,
    statement: 'The answer contradicts its sources: one denies what the other states',
  },
  'citation out of range': {
    cause: ['not in source', 'citation'],
    confidence: 0.9,
    statement: 'The answer cites a document that was not retrieved',
  },
  'quote not in context': {
    cause: ['not in source', 'quote'],
    confidence: 0.75,
    statement: 'The answer quotes words that are not in its sources',
  },
  'number not in context': {
    cause: ['not in source', 'number'],
    confidence: 0.8,
    statement: 'The answer gives a number that is neither in its sources nor follows from them',
  },
  'date not in context': {
    cause: ['not in source', 'date'],
    confidence: 0.75,
    statement: 'The answer gives a date that is not in its sources',
  },
  'name not in context': {
    cause: ['not in source', 'name'],
    tier: 'symptom',
    confidence: 0.65,
    statement: 'The answer gives names that are not in its sources',
  },
  'low coverage': {
    cause: ['not in source', 'low coverage'],
    tier: 'symptom',
    confidence: 0.65,
    statement: 'The answer has little in common with its sources',
  },
  'passage denied': {
    cause: ['contradicts source', 'passage denied'],
    confidence: 0.9,
    statement: 'The answer says that no text was provided, although one was',
  },
  calculation: {
    cause: ['calculation'],
    confidence: 0.95,
    statement: 'The answer contains a wrong calculation',
  },
  'own words': {
    cause: ['nothing looked up'],
    confidence: 0.7,
    statement: 'The run submitted an answer of its own that no tool result supports',
  },
};
