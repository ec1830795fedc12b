import { words } from '../../../text/words.ts';
import type { Request } from '../../run/request.ts';

/** Names and quoted values of the request that no argument holds, not even in part. */
export function unusedNames(request: Request): readonly string[] {
  const used = request.calls
    .flatMap(({ leaves }) => leaves)
    .map(({ value }) => plain(String(value)))
    .join(' ');
  const calls = plain(request.calls.map((site) => site.call.name).join(' '));
  return namesIn(request.text).filter((name) => {
    const parts = plain(name)
      .split(' ')
      .filter((part) => part.length > 2);
    return parts.length > 0 && !parts.some((part) => used.includes(part) || calls.includes(part));
  });
}

/** Quoted values, and capitalized words that do not begin a sentence; each once. */
function namesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, 20_000).matchAll(NAME)) {
    const name = match[1] ?? match[2] ?? match[3];
    if (name !== undefined) found.add(name);
  }
  return [...found];
}

const NAME =
  /(?<!\w)'([^'\n]{2,60})'(?!\w)|"([^"\n]{2,60})"|(?<=[\p{Ll}\p{N},;:)]\s)(\p{Lu}[\p{L}]{2,30}(?:\s\p{Lu}[\p{L}]{1,30}){0,4})/gu;

const plain = (text: string): string => words(text, { limit: Number.POSITIVE_INFINITY }).join(' ');
