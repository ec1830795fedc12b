import type { Evidence, Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { quote } from '../../evidence.ts';
import { answerSpan } from '../../run/last-answer.ts';
import { refusalIn } from '../../run/refusal/trace-refusal.ts';
import { asksFromPassage, type Context, contextOf } from '../../run/sources.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { wrongCalculations } from './calculation.ts';
import { deniesPassage } from './denies-passage.ts';
import { type Unsupported, unsupported } from './unsupported.ts';
import { isOwnWords } from './unsupported-submission.ts';

const ID = 'groundedness_miss';
const NO = saysNo(ID);
const CUT_CONTEXT = saysUnknown(ID, 'the recorder cut the documents or tool results');
const NO_CONTEXT = saysUnknown(ID, 'no documents, tool results or passage to compare with');

/**
 * The answer states what its context does not bear out. It contradicts the source (another number, date or
 * name in the same place, a denial, something said of the wrong name), brings what is not in it (quotes,
 * figures, names, citations), miscalculates, or was made up where a tool should have been asked.
 */
export const groundednessMiss: Detector = {
  id: ID,
  detect(trace) {
    if (trace.output === '') return NO_CONTEXT;
    const context = contextOf(trace);
    const found = [
      ...miscalculated(trace, context),
      ...ungrounded(trace, context),
      ...madeUp(trace, context),
    ].slice(0, 1);
    if (found.length > 0) return found;
    if (context === null) return NO_CONTEXT;
    return context.complete ? NO : CUT_CONTEXT;
  },
};

function ungrounded(trace: Trace, context: Context | null): readonly Signal[] {
  if (context === null || !context.complete) return [];
  const handed = context.kind === 'passage' && asksFromPassage(trace.input);
  const denial = handed ? deniesPassage(trace.output) : null;
  if (denial !== null) return said(trace, 'passage-denied', [answer(trace, denial)]);
  if (refusalIn(trace)?.kind === 'abstains') return [];
  const claims = unsupported(trace.output, context);
  const worst = claims[0];
  if (worst === undefined) return [];
  const same = claims.filter((one) => one.kind === worst.kind).slice(0, 5);
  return said(trace, worst.kind, [
    ...same.map((one) => answer(trace, one.text)),
    closest(trace, context, worst),
  ]);
}

const madeUp = (trace: Trace, context: Context | null): readonly Signal[] =>
  context?.kind === 'tools' && isOwnWords(trace)
    ? said(trace, 'own-words', [answer(trace, trace.output)])
    : [];

/** An equation that stands in the question or a source is not the answer's. */
function miscalculated(trace: Trace, context: Context | null): readonly Signal[] {
  const wrong = wrongCalculations(trace.output.slice(0, CALCULATION_LIMIT)).filter(
    (equation) =>
      !trace.input.includes(equation) &&
      !context?.sources.some((source) => source.text.includes(equation)),
  );
  if (wrong.length === 0) return [];
  return said(
    trace,
    'calculation',
    wrong.map((equation) => answer(trace, equation)),
  );
}

const CALCULATION_LIMIT = 20_000;

const answer = (trace: Trace, text: string): Evidence | null =>
  quote(trace, '/output', text, answerSpan(trace));

/** The sentence of the source that the claim stands against, where it was recorded in one piece. */
function closest(trace: Trace, context: Context, claim: Unsupported): Evidence | null {
  const text = claim.closest;
  if (text === null) return null;
  const source = context.sources.find((one) => one.text.includes(text));
  return source === undefined ? null : quote(trace, source.path, text, source.spanId);
}

type Kind = Unsupported['kind'] | 'calculation' | 'passage-denied' | 'own-words';

function said(trace: Trace, kind: Kind, evidence: readonly (Evidence | null)[]): readonly Signal[] {
  const [first, ...rest] = evidence;
  if (first === null || first === undefined) return [];
  const { key, confidence, summary } = KINDS[kind];
  return [
    {
      detector: ID,
      verdict: 'yes',
      category: ID,
      confidence,
      spanId: answerSpan(trace),
      summary,
      fingerprint: fingerprint(ID, ...key),
      evidence: [first, ...rest.filter((one) => one !== null)],
    },
  ];
}

interface KindFacts {
  /** Of the fingerprint: what contradicts the source and what is not in it have different fixes. */
  readonly key: readonly string[];
  /** Share of right claims of the kind on labelled answers, rounded; guessed where they are few. */
  readonly confidence: number;
  readonly summary: string;
}

const KINDS: Readonly<Record<Kind, KindFacts>> = {
  'number-changed': {
    key: ['contradicts-source', 'number'],
    confidence: 0.8,
    summary: 'The answer states another number than its context does in the same place',
  },
  'date-changed': {
    key: ['contradicts-source', 'date'],
    confidence: 0.75,
    summary: 'The answer states another date than its context does in the same place',
  },
  'name-changed': {
    key: ['contradicts-source', 'name'],
    confidence: 0.75,
    summary: 'The answer changes the spelling of a name of its context',
  },
  negation: {
    key: ['contradicts-source', 'negation'],
    confidence: 0.6,
    summary: 'The answer denies what its context says or the other way round',
  },
  'citation-out-of-range': {
    key: ['not-in-source', 'citation'],
    confidence: 0.9,
    summary: 'The answer cites a document that was not retrieved',
  },
  'quote-not-in-context': {
    key: ['not-in-source', 'quote'],
    confidence: 0.75,
    summary: 'The answer quotes words that are not in its context',
  },
  'number-not-in-context': {
    key: ['not-in-source', 'number'],
    confidence: 0.8,
    summary: 'The answer states a number that neither occurs in its context nor follows from it',
  },
  'date-not-in-context': {
    key: ['not-in-source', 'date'],
    confidence: 0.75,
    summary: 'The answer states a date that is not in its context',
  },
  'name-not-in-context': {
    key: ['not-in-source', 'name'],
    confidence: 0.65,
    summary: 'The answer names what its context does not',
  },
  'low-coverage': {
    key: ['not-in-source', 'low-coverage'],
    confidence: 0.65,
    summary: 'The answer has little in common with its context',
  },
  'passage-denied': {
    key: ['contradicts-source', 'passage-denied'],
    confidence: 0.9,
    summary: 'The answer says that no text was given, though one was',
  },
  calculation: {
    key: ['calculation'],
    confidence: 0.95,
    summary: 'The two sides of an equation in the answer differ',
  },
  'own-words': {
    key: ['nothing-looked-up'],
    confidence: 0.7,
    summary: 'The run handed in an answer that it wrote itself and no tool result holds',
  },
};
