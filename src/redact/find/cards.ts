import type { Found } from './found.ts';
import { type DigitGroup, digitsOf, numberRuns } from './number-runs.ts';

/** First digits of card numbers and how many there are: ISO/IEC 7812, as the networks publish theirs. */
const NETWORK =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12}(?:\d{3})?|62\d{14,17}|(?:50|5[6-9]|6\d)\d{11,17})$/;

/** Card numbers of a known network with a valid check digit, in one piece or in groups of three to seven digits. */
export function cards(text: string): Found[] {
  const found: Found[] = [];
  for (const groups of numberRuns(text)) {
    for (let first = 0; first < groups.length; first += 1) {
      const last = lastOfCard(groups, first);
      if (last === null) continue;
      const parts = groups.slice(first, last + 1);
      const { start } = parts[0]!;
      found.push({ kind: 'card', start, end: parts.at(-1)!.end, value: digitsOf(parts) });
      first = last;
    }
  }
  return found;
}

/** The longest card that begins with this group. */
function lastOfCard(groups: readonly DigitGroup[], first: number): number | null {
  let digits = '';
  let longest: number | null = null;
  for (let last = first; last < groups.length; last += 1) {
    const { digits: more, before } = groups[last]!;
    if (last > first && !(before === groups[first + 1]!.before && /^[ \u00a0-]$/.test(before)))
      break;
    digits += more;
    if (digits.length > 19) break;
    const isWhole = last === first || groups.slice(first, last + 1).every(isCardPart);
    if (isWhole && NETWORK.test(digits) && hasCheckDigit(digits)) longest = last;
  }
  return longest;
}

const isCardPart = ({ digits }: DigitGroup): boolean => digits.length >= 3 && digits.length <= 7;

/** Luhn, ISO/IEC 7812-1 annex B. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    const doubled = at % 2 === 1 ? 2 * digit : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
