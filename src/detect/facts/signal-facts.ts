import type { Signal } from '../../contract/signal.ts';
import { maskedTemplate } from '../../text/statement.ts';
import type { Passage } from './dialogue.ts';
import { type Fact, FactList } from './fact.ts';

/** Tiers that say what went wrong; filters and outliers say only that something did. */
const TELLS: ReadonlySet<Signal['tier']> = new Set(['proven', 'claimed', 'likely', 'symptom']);

/** What detectors say of the trace, as facts: detector and statement, names in it masked. */
export function signalFacts(signals: readonly Signal[]): readonly Fact[] {
  const facts = new FactList();
  for (const signal of signals) {
    if (signal.verdict !== 'yes' || !TELLS.has(signal.tier)) continue;
    const said = maskedTemplate(signal.statement.template);
    const [first] = signal.evidence;
    const place: Passage | null =
      first === undefined ? null : { text: first.quote, path: first.path, spanId: first.spanId };
    facts.add('signal', [said === '' ? (signal.category ?? signal.detector) : said], place);
  }
  return facts.all();
}
