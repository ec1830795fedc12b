import type { Signal } from '../../contract/signal.ts';
import { isTelling } from '../../text/cause.ts';
import { maskedTemplate } from '../../text/statement.ts';
import type { Passage } from './dialogue.ts';
import { type Fact, FactList } from './fact.ts';

/** Detectors that restate a fact, which would count twice. */
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

/** Detectors that report a recorded outcome. Facts are compared with outcomes, so an outcome is not a fact. */
const OF_OUTCOMES: ReadonlySet<string> = new Set(['negative_feedback', 'outcome', 'score']);

/** Findings as facts: each statement with its names masked, apart for symptoms, and each detector that names a cause. */
export function signalFacts(signals: readonly Signal[]): readonly Fact[] {
  const facts = new FactList();
  for (const signal of signals) {
    const { detector } = signal;
    if (!isTelling(signal) || OF_FACTS.has(detector) || OF_OUTCOMES.has(detector)) continue;
    const said = maskedTemplate(signal.statement.template);
    const [first] = signal.evidence;
    const place: Passage | null =
      first === undefined ? null : { text: first.quote, path: first.path, spanId: first.spanId };
    const says = [said === '' ? (signal.category ?? detector) : said];
    if (signal.tier === 'symptom') facts.add('symptom', says, place);
    else {
      facts.add('signal', says, place);
      facts.add('finding', [detector], place);
    }
  }
  return facts.all();
}
