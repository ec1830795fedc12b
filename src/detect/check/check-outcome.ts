import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { sentence } from '../../text/statement.ts';
import { readAnswer } from './instructions.ts';
import { quoteIn } from './material.ts';
import type { Step } from './steps.ts';

/** What became of a model's answer to one check. */
export type CheckOutcome =
  | { readonly kind: 'answered'; readonly signal: Signal }
  /** A yes without a quote that is in the trace: dropped. */
  | { readonly kind: 'unverified' }
  | { readonly kind: 'unanswered' };

/** A model claims; only code can prove. */
const HIGHEST_CONFIDENCE = 0.9;
const MOST_QUOTES = 3;

/** A model's answer about a trace as a signal. A yes needs words that are in the trace; they are looked up here. */
export function checkOutcome(
  check: Check,
  given: Json | null,
  trace: Trace,
  steps: readonly Step[],
): CheckOutcome {
  const answer = given === null ? null : readAnswer(given);
  if (answer === null) return { kind: 'unanswered' };
  if (answer.verdict !== 'yes')
    return { kind: 'answered', signal: negative(check, answer.verdict) };
  const evidence = answer.quotes
    .slice(0, MOST_QUOTES)
    .map((each) => quoteIn(trace, steps, each))
    .filter((each) => each !== null);
  const [first] = evidence;
  if (first === undefined) return { kind: 'unverified' };
  return {
    kind: 'answered',
    signal: {
      detector: check.name,
      verdict: 'yes',
      tier: 'claimed',
      category: check.category,
      cause: check.name === check.category ? [] : [check.name],
      statement: sentence(check.text),
      confidence: Math.min(answer.confidence, HIGHEST_CONFIDENCE),
      spanId: first.spanId,
      evidence,
    },
  };
}

const negative = ({ name }: Check, verdict: 'no' | 'unknown'): Signal => ({
  detector: name,
  verdict,
  tier: 'claimed',
  category: null,
  cause: [],
  statement: sentence(''),
  confidence: 1,
  spanId: null,
  evidence: [],
});
