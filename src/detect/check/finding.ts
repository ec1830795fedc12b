import type { Check } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Evidence, Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import { quote } from '../evidence.ts';
import { fingerprint } from '../mask.ts';
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
      fingerprint: fingerprint(check.name, 'check', concerned(answer.reason, trace)),
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

/**
 * The tools and fields of the trace that a reason names, at most two, in order of the alphabet: what in a
 * reason is the same in two traces of one cause. The rest of its words differ from answer to answer.
 */
function concerned(reason: string, trace: Trace): string {
  const known = new Set([
    ...trace.tools.map(({ name }) => name),
    ...trace.messages.flatMap(({ toolCalls }) =>
      toolCalls.flatMap((call) => [call.name, ...fieldsOf(call.arguments)]),
    ),
  ]);
  const named = new Set(
    reason
      .slice(0, 500)
      .split(/[^\w.-]+/)
      .map((word) => word.replace(/^[.-]+|[.-]+$/g, ''))
      .filter((word) => known.has(word)),
  );
  return [...named].sort().slice(0, 2).join(',');
}

/** Fields whose names are no plain words: `order_id`, `orderId`. */
const fieldsOf = (args: Json): string[] =>
  typeof args === 'object' && args !== null && !Array.isArray(args)
    ? Object.keys(args).filter((name) => /_|[a-z][A-Z]/.test(name))
    : [];
