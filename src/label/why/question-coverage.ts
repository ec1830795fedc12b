import type { Trace } from '../../contract/trace.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { words } from '../../text/words.ts';

/** Most characters of the passages that are read. */
const READ = 20_000;
/** Passages with less than this part of the question's words do not cover it. */
const COVERED = 0.5;

interface Coverage {
  readonly trace: Trace;
  readonly isUncovered: boolean;
}

/** Whether passages cover the question; each trace is read once for all causes. */
export class QuestionCoverage {
  readonly #known = new Map<Trace, readonly Coverage[]>();

  /** One entry, or none for a question without content. */
  of(trace: Trace): readonly Coverage[] {
    const known = this.#known.get(trace);
    if (known !== undefined) return known;
    const found = coverageOf(trace);
    this.#known.set(trace, found);
    return found;
  }
}

function coverageOf(trace: Trace): readonly Coverage[] {
  const asked = contentWords(trace.input.slice(0, 1_000));
  if (asked.length < 2) return [];
  const there = new Set(words(passagesOf(trace)));
  const covered = asked.filter((word) => there.has(word)).length / asked.length;
  return [{ trace, isUncovered: covered < COVERED }];
}

/** Distinct words of a text that say something. */
export const contentWords = (text: string): readonly string[] => [
  ...new Set(words(text, 200).filter((word) => word.length > 2 && !isStopWord(word))),
];

/** The passages of a trace as one normalized text. */
export const passagesOf = ({ documents }: Trace): string =>
  normalized(
    documents
      .map(({ content }) => content.slice(0, READ))
      .join('\n')
      .slice(0, READ),
  );

/** Lower case, white space as single spaces. */
export const normalized = (text: string): string =>
  text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
