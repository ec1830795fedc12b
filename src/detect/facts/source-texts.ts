import type { Run } from '../run/run.ts';
import { asksFromPassage } from '../run/sources.ts';
import type { Dialogue, Passage } from './dialogue.ts';

/** The most characters of sources to compare with an answer. */
const LIMIT = 60_000;

/**
 * The texts that an answer may be based on: retrieved documents, results that hold data, and a passage inside the
 * request. At most 60,000 characters in total.
 */
export function sourcesOf({ trace }: Run, { steps, request }: Dialogue): readonly Passage[] {
  const sources: Passage[] = [];
  let left = LIMIT;
  const take = (text: string, path: string, spanId: string | null): void => {
    if (left <= 0 || text === '') return;
    sources.push({ text: text.length > left ? text.slice(0, left) : text, path, spanId });
    left -= text.length;
  };
  for (const [index, { content, spanId }] of trace.documents.entries())
    take(content, `/documents/${index}/content`, spanId);
  for (const { result } of steps) {
    if (result !== null && result.form === 'data') take(result.text, result.path, result.spanId);
  }
  if (
    sources.length === 0 &&
    request !== null &&
    request.text.length >= 300 &&
    asksFromPassage(request.text)
  )
    take(request.text, request.path, request.spanId);
  return sources;
}
