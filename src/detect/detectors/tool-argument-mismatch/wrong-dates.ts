import type { Trace } from '../../../contract/trace.ts';
import { type CalendarDate, dates, sameDate } from '../../../text/dates.ts';
import { pointer, quote } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { type Leaf, leavesOf, namesOf } from '../../run/leaves.ts';
import { descriptionOf, isObject, propertiesOf } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import { dateParts } from './date-form.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * Dates among the arguments that the request does not give: month and day changed places, or another
 * day, where the request names as many days as the calls and none has to be worked out.
 */
export function wrongDates(trace: Trace, request: Request): readonly Mismatch[] {
  const said = dates(request.text).filter(({ day }) => day !== null);
  if (said.length === 0 || IN_DIGITS.test(request.text)) return [];
  const given = request.calls.flatMap((site) =>
    leavesOf(site.call.arguments).flatMap((leaf) => {
      const date = dateOf(site, leaf);
      return date === null ? [] : [{ site, leaf, date }];
    }),
  );
  const exact = given.length <= said.length && !WORKED_OUT.test(request.text);
  return given.flatMap(({ site, leaf, date }): Mismatch[] => {
    if (said.some((other) => sameDate(date, other))) return [];
    const turned = said.find(
      (other) =>
        date.day !== null && sameDate({ ...date, month: date.day, day: date.month }, other),
    );
    const meant = turned ?? (exact ? said[0] : undefined);
    if (meant === undefined) return [];
    const field = namesOf(leaf.path).join('.');
    return [
      {
        kind: turned === undefined ? 'other date' : 'month and day swapped',
        detail: [`${site.call.name}.${field}`],
        summary:
          turned === undefined
            ? `\`${site.call.name}\` called with another date in \`${field}\` than the request gives`
            : `\`${site.call.name}\` called with month and day swapped in \`${field}\``,
        confidence: turned === undefined ? 0.7 : 0.85,
        evidence: [
          quote(
            trace,
            `${site.path}/arguments${pointer(...leaf.path)}`,
            String(leaf.value),
            site.spanId,
          ),
          quote(trace, request.path, meant.text, request.spanId),
        ],
      },
    ];
  });
}

/** The day that an argument names, read in the form its description asks for, else in ISO form. */
function dateOf(site: CallSite, { path, value }: Leaf): CalendarDate | null {
  if (typeof value !== 'string' || value.length > 30) return null;
  const property = propertiesOf(site)?.[namesOf(path)[0] ?? ''];
  const parts = dateParts(value, isObject(property) ? descriptionOf(property) : '');
  return parts === null ? null : { ...parts, text: value, start: 0 };
}

/** Dates whose day and month cannot be told apart. */
const IN_DIGITS = /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/;

/** The request leaves days to be counted. */
const WORKED_OUT =
  /\b(?:nights?|days?|weeks?|months?|weekend|tomorrow|today|after|before|later|until|through|ago|next|following|same|return)\b/i;
