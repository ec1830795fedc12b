import type { Trace } from '../../contract/trace.ts';
import { stem } from '../../text/stem.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { words } from '../../text/words.ts';

/** Share of the question's content words that the retrieved passages contain, 0 to 1; null without passages or content words. */
export function questionCoverage(trace: Trace): number | null {
  if (trace.documents.length === 0) return null;
  const asked = new Set(
    words(trace.input, 200)
      .filter((word) => !isStopWord(word))
      .map(stem),
  );
  if (asked.size === 0) return null;
  const covered = new Set<string>();
  for (const document of trace.documents) {
    for (const word of words(document.content, 20_000)) {
      const key = stem(word);
      if (asked.has(key)) covered.add(key);
    }
    if (covered.size === asked.size) break;
  }
  return covered.size / asked.size;
}
