/** A calendar date in a text; parts not given are null. */
export interface CalendarDate {
  readonly text: string;
  readonly start: number;
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
}

/** Dates with a named month or in ISO form; at most `limit`. All-digit forms with slashes are left out, since day and month are ambiguous. */
export function dates(text: string, limit = 100): readonly CalendarDate[] {
  const found: CalendarDate[] = [];
  DATE.lastIndex = 0;
  for (
    let match = DATE.exec(text);
    match !== null && found.length < limit;
    match = DATE.exec(text)
  ) {
    const [whole, isoYear, isoMonth, isoDay, month, day, year, day2, month2, year2] = match;
    const number = (part: string | undefined): number | null =>
      part === undefined ? null : Number(part);
    const named = month ?? month2;
    const date = {
      text: whole,
      start: match.index,
      year: number(isoYear ?? year ?? year2),
      month:
        named === undefined
          ? Number(isoMonth)
          : 1 + MONTHS.indexOf(named.slice(0, 3).toLowerCase()),
      day: number(isoDay ?? day ?? day2),
    };
    if (date.month >= 1 && date.month <= 12 && (date.day ?? 1) <= 31) found.push(date);
  }
  return found;
}

/** Whether two dates can be the same day: parts that both give agree. */
export const sameDate = (a: CalendarDate, b: CalendarDate): boolean =>
  a.month === b.month &&
  (a.day === null || b.day === null || a.day === b.day) &&
  (a.year === null || b.year === null || a.year === b.year);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** English months, in full or short, as a part of a pattern. */
export const MONTH =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const DATE = new RegExp(
  `\\b(\\d{4})-(\\d{2})-(\\d{2})\\b|\\b(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4})\\b)?|\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${MONTH})\\b\\.?(?:,? (\\d{4})\\b)?`,
  'g',
);
