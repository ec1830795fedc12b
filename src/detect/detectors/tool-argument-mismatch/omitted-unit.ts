import type { JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf, statedDefault } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import { areRivals, unitOf, unitsIn } from './unit-words.ts';

/**
 * The words of the request that name a unit other than the default of an argument for units: the
 * unit of a number that the call uses, or the one that the answer is to be given in; null when
 * there is none.
 */
export function requestedUnit(
  name: string,
  property: JsonObject,
  request: Request,
  site: CallSite,
): string | null {
  if (!/(?:^|_)units?(?:_|$)|Units?$/.test(name)) return null;
  const fallback = property['default'] ?? statedDefault(descriptionOf(property));
  const [standard] = typeof fallback === 'string' ? unitsIn(fallback) : [];
  if (standard === undefined) return null;
  const values = new Set(site.leaves.map(({ value }) => value));
  const number = request.numbers.find((given) => {
    const unit = unitOf(given);
    return unit !== null && areRivals(unit, standard) && values.has(given.value);
  });
  if (number !== undefined) return request.text.slice(number.at, number.at + 30);
  return isGivenElsewhere(name, request) ? null : unitOfAnswer(request.text, standard);
}

/** "the distance in miles" */
function unitOfAnswer(text: string, standard: string): string | null {
  for (const match of text.slice(0, 5_000).matchAll(/\bin (\p{L}{2,20})\b/giu)) {
    const [unit] = unitsIn(match[1] ?? '');
    if (unit !== undefined && areRivals(unit, standard)) return match[0];
  }
  return null;
}

const isGivenElsewhere = (name: string, request: Request): boolean =>
  request.calls.some(({ call }) => isRecord(call.arguments) && Object.hasOwn(call.arguments, name));
