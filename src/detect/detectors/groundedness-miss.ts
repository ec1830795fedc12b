import type { Evidence, Signal } from '../../contract/signal.ts';
import type { Detector } from '../detector.ts';
import { quote } from '../evidence.ts';
import { contextOf } from '../grounding/context.ts';
import { type Unsupported, unsupported } from '../grounding/unsupported.ts';
import { answerSpan } from '../last-answer.ts';
import { fingerprint } from '../mask.ts';
import { refusalIn } from '../refusal/judged-trace.ts';
import { saysNo, saysUnknown } from '../verdict.ts';

const ID = 'groundedness_miss';
const NO = saysNo(ID);
const CUT_CONTEXT = saysUnknown(ID, 'the recorder cut the documents or tool results');
const NO_CONTEXT = saysUnknown(ID, 'no documents, tool results or passage to compare with');

/**
 * The answer states what its context does not bear out: numbers, dates, names, quotes and citations
 * that are not there, a denial of what is, or little in common with it at all.
 */
export const groundednessMiss: Detector = {
  id: ID,
  detect(trace) {
    if (trace.output === '') return NO_CONTEXT;
    const context = contextOf(trace);
    if (context === null) return NO_CONTEXT;
    if (!context.complete) return CUT_CONTEXT;
    if (refusalIn(trace)?.kind === 'abstains') return NO;
    const found = unsupported(trace.output, context);
    const worst = found[0];
    if (worst === undefined) return NO;
    const spanId = answerSpan(trace);
    const same = found.filter((one) => one.kind === worst.kind).slice(0, 5);
    const evidence = same
      .map((one) => quote(trace, '/output', one.text, spanId))
      .filter((one): one is Evidence => one !== null);
    return evidence.length === 0 ? NO : [yes(worst.kind, spanId, evidence)];
  },
};

const yes = (
  kind: Unsupported['kind'],
  spanId: string | null,
  evidence: readonly Evidence[],
): Signal => ({
  detector: ID,
  verdict: 'yes',
  category: ID,
  confidence: CONFIDENCE[kind],
  spanId,
  summary: SUMMARY[kind],
  fingerprint: fingerprint(ID, kind),
  evidence,
});

/** Share of right claims by kind on labelled summaries, rounded. */
const CONFIDENCE: Readonly<Record<Unsupported['kind'], number>> = {
  'citation-out-of-range': 0.9,
  'quote-not-in-context': 0.75,
  'number-not-in-context': 0.8,
  'date-not-in-context': 0.75,
  negation: 0.6,
  'name-not-in-context': 0.65,
  'low-coverage': 0.65,
};

const SUMMARY: Readonly<Record<Unsupported['kind'], string>> = {
  'citation-out-of-range': 'The answer cites a document that was not retrieved',
  'quote-not-in-context': 'The answer quotes words that are not in its context',
  'number-not-in-context':
    'The answer states a number that neither occurs in its context nor follows from it',
  'date-not-in-context': 'The answer states a date that is not in its context',
  negation: 'The answer denies what its context says or the other way round',
  'name-not-in-context': 'The answer names what its context does not',
  'low-coverage': 'The answer has little in common with its context',
};
