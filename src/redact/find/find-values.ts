import { cards } from './cards.ts';
import { emails } from './emails.ts';
import type { Found } from './found.ts';
import { ibans } from './ibans.ts';
import { phones } from './phones.ts';
import { apiKeys, privateKeys, tokens } from './secrets.ts';

/** The surest first. */
const FINDERS = [privateKeys, apiKeys, tokens, ibans, emails, cards, phones] as const;

/** Every value has one of these. */
const NEEDED = /[\d@]|eyJ|-----BEGIN/;

/** Belongs to no value, so that none goes across it. */
const GAP = '\n';

/**
 * The values in a text that say who somebody is or that open something, in order, none overlapping. Whether a
 * value is found depends on it and the characters beside it alone, never on words around it, so it is found everywhere.
 * Takes time in proportion to the text.
 */
export function findValues(text: string): readonly Found[] {
  if (!NEEDED.test(text)) return [];
  const all: Found[] = [];
  let rest = text;
  for (const find of FINDERS) {
    const found = find(rest);
    if (found.length === 0) continue;
    for (const value of found) all.push(value);
    rest = without(rest, found);
  }
  return all.sort((a, b) => a.start - b.start);
}

/** The text of the same length with gaps in place of values. */
function without(text: string, values: readonly Found[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of values) {
    parts.push(text.slice(from, start), GAP.repeat(end - start));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
