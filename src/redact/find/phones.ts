import type { Found } from './found.ts';
import { type DigitGroup, digitsOf, numberRuns } from './number-runs.ts';

/** More groups than a phone number has. */
const MOST_GROUPS = 12;

/**
 * Phone numbers that their form gives away: a plus and a country code (E.164), a leading 00, the North American form
 * of three, three and four digits, or a leading 0 with a break. Digits in one piece without a plus are no phone number:
 * ids of orders and accounts look the same.
 */
export function phones(text: string): Found[] {
  const found: Found[] = [];
  for (const run of numberRuns(text)) {
    for (let first = 0; first < run.length; first += 1) {
      const groups = run.slice(first, first + MOST_GROUPS);
      const { before, start } = groups[0]!;
      if (before !== '' && !/[ \u00a0(]$/.test(before)) continue;
      const begin = text.charAt(start - 1) === '(' ? start - 1 : start;
      const hasPlus = text.charAt(begin - 1) === '+';
      const count = groupsOfPhone(groups, hasPlus);
      if (count === 0) continue;
      const parts = groups.slice(0, count);
      found.push({
        kind: 'phone',
        start: hasPlus ? begin - 1 : begin,
        end: parts.at(-1)!.end,
        value: `${hasPlus ? '+' : ''}${digitsOf(parts)}`,
      });
      first += count - 1;
    }
  }
  return found;
}

/** How many of the groups are one phone number, from the first. */
function groupsOfPhone(groups: readonly DigitGroup[], hasPlus: boolean): number {
  const lengths = groups.map(({ digits }) => digits.length);
  const first = groups[0]!.digits;
  if (hasPlus) return /^[1-9]/.test(first) ? longest(lengths, 8, 15) : 0;
  const code = first === '1' ? 1 : 0;
  const [area, exchange] = groups.slice(code);
  if (
    lengths.slice(code, code + 3).join() === '3,3,4' &&
    /^[2-9]/.test(area!.digits) &&
    (/^[2-9]/.test(exchange!.digits) ||
      area!.before.endsWith('(') ||
      exchange!.before.startsWith(')'))
  )
    return code + 3;
  const isFirst = groups[0]!.before === '';
  if (!isFirst || lengths.length < 2 || isDate(groups) || !/^00?[1-9]/.test(first)) return 0;
  return longest(lengths, 9, first.startsWith('00') ? 17 : 12);
}

/** As many groups as have at most so many digits together; 0 where these are too few. */
function longest(lengths: readonly number[], least: number, most: number): number {
  let total = 0;
  let count = 0;
  for (const length of lengths) {
    if (total + length > most) break;
    total += length;
    count += 1;
  }
  return total >= least ? count : 0;
}

/** `01.02.2026`, `01-02-26 10`. */
const isDate = ([day, month, year]: readonly DigitGroup[]): boolean =>
  day?.digits.length === 2 &&
  month?.digits.length === 2 &&
  (year?.digits.length === 2 || year?.digits.length === 4) &&
  /^[./-]$/.test(month.before) &&
  month.before === year.before &&
  Number(month.digits) <= 31 &&
  Number(day.digits) <= 31;
