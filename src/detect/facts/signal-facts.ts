import type { Signal } from '../../contract/signal.ts';
import { isTelling } from '../../text/cause.ts';
import { maskedTemplate } from '../../text/statement.ts';
import type { Passage } from './dialogue.ts';
import { type Fact, FactList } from './fact.ts';

/** Detectors that restate a fact: it would count twice. */
const OF_FACTS: ReadonlySet<string> = new Set([
  'admitted_doubt',
  'answer_form',
  'invented_result',
  'no_final_answer',
  'nothing_found',
  'repeated_question',
  'reworded_answer',
  'unreadable_reply',
  'unrecovered_error',
]);

/** What detectors say of the trace, as facts: each statement, names in it masked, and each detector that says one. */
export function signalFacts(signals: readonly Signal[]): readonly Fact[] {
  const facts = new FactList();
  for (const signal of signals) {
    if (!isTelling(signal) || OF_FACTS.has(signal.detector)) continue;
    const said = maskedTemplate(signal.statement.template);
    const [first] = signal.evidence;
    const place: Passage | null =
      first === undefined ? null : { text: first.quote, path: first.path, spanId: first.spanId };
    facts.add('signal', [said === '' ? (signal.category ?? signal.detector) : said], place);
    facts.add('finding', [signal.detector], place);
  }
  return facts.all();
}
