import { type CalendarDate, dates, sameDate } from '../../../text/dates.ts';
import { isRecord } from '../../../text/json.ts';
import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { fieldName, type Leaf, namesOf } from '../../run/leaves.ts';
import { descriptionOf } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';
import { dateParts } from './date-form.ts';

/**
 * Dates among the arguments that the request does not give: month and day swapped, or another
 * day, where the request names as many days as the calls and none has to be worked out.
 */
export function wrongDates(run: Run, request: Request): readonly (Finding | null)[] {
  const requested = dates(request.text).filter(({ day }) => day !== null);
  if (requested.length === 0 || IN_DIGITS.test(request.text)) return [];
  const given = request.calls.flatMap((site) =>
    site.leaves.flatMap((leaf) => {
      const date = dateOf(site, leaf);
      return date === null ? [] : [{ site, leaf, date }];
    }),
  );
  const exact = given.length <= requested.length && !WORKED_OUT.test(request.text);
  return given.flatMap(({ site, leaf, date }) => {
    if (requested.some((other) => sameDate(date, other))) return [];
    const turned = requested.find(
      (other) =>
        date.day !== null && sameDate({ ...date, month: date.day, day: date.month }, other),
    );
    const meant = turned ?? (exact ? requested[0] : undefined);
    if (meant === undefined) return [];
    const name = fieldName(leaf.path);
    const called = tool(site.call.name);
    return [
      run.finding({
        cause: [
          turned === undefined ? 'other date' : 'month and day swapped',
          `${site.call.name}.${name}`,
        ],
        statement:
          turned === undefined
            ? statement`${called} was called with a different date for ${field(name)} than the request gives`
            : statement`${called} was called with month and day swapped in ${field(name)}`,
        confidence: turned === undefined ? 0.7 : 0.85,
        spanId: site.spanId,
        evidence: [
          argumentQuote(run, site, leaf.path),
          run.quote(request.path, meant.text, request.spanId),
        ],
      }),
    ];
  });
}

/** The day that an argument names, read in the form its description asks for, else in ISO form. */
function dateOf(site: CallSite, { path, value }: Leaf): CalendarDate | null {
  if (typeof value !== 'string' || value.length > 30) return null;
  const property = site.properties?.[namesOf(path)[0] ?? ''];
  const parts = dateParts(value, isRecord(property) ? descriptionOf(property) : '');
  return parts === null ? null : { ...parts, text: value, start: 0 };
}

/** Dates whose day and month cannot be distinguished. */
const IN_DIGITS = /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/;

/** The request asks to count days. */
const WORKED_OUT =
  /\b(?:nights?|days?|weeks?|months?|weekend|tomorrow|today|after|before|later|until|through|ago|next|following|same|return)\b/i;
