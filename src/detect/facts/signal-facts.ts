import type { Signal } from '../../contract/signal.ts';
import type { Passage } from './dialogue.ts';
import type { Reading } from './reading.ts';

/** Tiers that say what went wrong; filters and outliers say only that something did. */
const TELLS: ReadonlySet<Signal['tier']> = new Set(['proven', 'claimed', 'likely', 'symptom']);

/** What detectors say of the trace, as facts: detector and statement, names in it masked. */
export function addSignalFacts({ facts }: Reading, signals: readonly Signal[]): void {
  for (const signal of signals) {
    if (signal.verdict !== 'yes' || !TELLS.has(signal.tier)) continue;
    const said = maskedStatement(signal.statement.template);
    const [first] = signal.evidence;
    const place: Passage | null =
      first === undefined ? null : { text: first.quote, path: first.path, spanId: first.spanId };
    facts.add('signal', [said === '' ? (signal.category ?? signal.detector) : said], place);
  }
}

/** Quoted names, code and themes in brackets taken out, so that two traces with one kind of failure share it. */
const maskedStatement = (text: string): string =>
  text
    .replace(/`[^`]{1,200}`|“[^”]{1,200}”|"[^"]{1,200}"/g, '…')
    .replace(/\s?\([^)]{1,200}\)/g, '')
    .replace(/\{\d{1,2}\}/g, '…')
    .replace(/\d[\d.,%]{0,20}/g, '#')
    .replace(/(?:…(?:,| and| →)? ?)+/g, '… ')
    .trim();
