import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Evidence, Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { fingerprint } from '../../text/mask.ts';
import { quote } from '../evidence.ts';
import { saysNo, saysUnknown } from '../verdict.ts';
import { type CheckAnswer, readAnswer } from './instructions.ts';
import { locate } from './locate.ts';
import type { Step } from './steps.ts';

/** What became of one answer. */
export type Finding =
  | { readonly kind: 'said'; readonly signal: Signal }
  /** A yes of which no quote is in the trace: dropped. */
  | { readonly kind: 'unverified' }
  | { readonly kind: 'unanswered' };

/** A model claims; only code can prove. */
const MOST_CONFIDENCE = 0.9;
const QUOTES = 3;

/** An answer about a trace as a signal: a yes needs words that are in the trace, and they are looked up here. */
export function findingOf(
  check: Check,
  said: Json | null,
  trace: Trace,
  steps: readonly Step[],
): Finding {
  const answer = said === null ? null : readAnswer(said);
  if (answer === null) return { kind: 'unanswered' };
  const [negative] = answer.verdict === 'no' ? saysNo(check.name) : saysUnknown(check.name, '');
  if (answer.verdict !== 'yes') return { kind: 'said', signal: negative! };
  const evidence = answer.quotes
    .slice(0, QUOTES)
    .map((each) => evidenceOf(each, trace, steps))
    .filter((each) => each !== null);
  const [first] = evidence;
  if (first === undefined) return { kind: 'unverified' };
  return {
    kind: 'said',
    signal: {
      detector: check.name,
      verdict: 'yes',
      category: check.category,
      confidence: Math.min(answer.confidence, MOST_CONFIDENCE),
      spanId: first.spanId,
      summary: check.text,
      fingerprint: fingerprint(check.name, 'check'),
      evidence,
    },
  };
}

/** The quote in the words of the trace: in the step it is said to be from, else in the first that has it. */
function evidenceOf(
  { step, text }: CheckAnswer['quotes'][number],
  trace: Trace,
  steps: readonly Step[],
): Evidence | null {
  const named = step === null ? undefined : steps[step - 1];
  for (const { places, spanId } of named === undefined ? steps : [named, ...steps])
    for (const place of places) {
      const words = locate(place.text, text);
      if (words === null) continue;
      const found = quote(trace, place.path, words, spanId);
      if (found !== null) return found;
    }
  return null;
}
