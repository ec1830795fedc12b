import type { JsonObject } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { leavesOf, namesOf } from '../../run/leaves.ts';
import { isDefault, isObject, propertiesOf } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import { isSameNumber, type NumberInText } from '../../run/request-numbers.ts';
import type { Mismatch } from './mismatch.ts';
import { isAbout } from './refers-to-argument.ts';

/**
 * Numbers among the arguments that the request does not give, while one that it gives is left over
 * and is said of this very argument, or differs by a single digit: `115.2` for `15.2`. Other numbers
 * may have been worked out.
 */
export function alteredNumbers(trace: Trace, request: Request): readonly Mismatch[] {
  if (request.unused.length === 0) return [];
  const found: Mismatch[] = [];
  for (const site of request.calls) {
    if (site.tool === null) continue;
    for (const { value, path } of leavesOf(site.call.arguments)) {
      if (typeof value !== 'number') continue;
      const names = namesOf(path);
      const property = propertyAt(site, names[0]);
      const meant = request.unused.find(
        (said) =>
          (looksAlike(value, said) && !isKnown(value, request.numbers, property)) ||
          isMeant(value, said, names.at(-1) ?? '', property, request),
      );
      if (meant === undefined) continue;
      const field = names.join('.');
      found.push({
        kind: 'altered number',
        detail: [`${site.call.name}.${field}`],
        summary: `\`${site.call.name}\` called with another number in \`${field}\` than the request gives`,
        confidence: 0.8,
        evidence: [
          quote(
            trace,
            `${site.path}/arguments${pointer(...path)}`,
            JSON.stringify(value),
            site.spanId,
          ),
          quote(trace, request.path, meant.text, request.spanId),
        ],
      });
    }
  }
  return found;
}

/** A number that the request says, that follows from two that it says, or that the schema names. */
function isKnown(
  value: number,
  said: readonly NumberInText[],
  property: JsonObject | null,
): boolean {
  if (Math.abs(value) <= 1 && Number.isInteger(value)) return true;
  if (said.some((number) => isSameNumber(value, number)) || isWorkedOut(value, said)) return true;
  return property !== null && JSON.stringify(property).includes(String(Math.abs(value)));
}

/** Whether a number left over is said of the argument, and the argument holds its default or a number that no other two give. */
function isMeant(
  value: number,
  said: NumberInText,
  name: string,
  property: JsonObject | null,
  request: Request,
): boolean {
  if (property === null || isObject(property['properties'])) return false;
  const given = isDefault(property, String(value))
    ? request.numbers.some((number) => isSameNumber(value, number))
    : isKnown(value, request.numbers, property);
  return !given && isAbout(request.text, said, name, property);
}

/** The sum, difference, product or quotient of two numbers that were said. */
const isWorkedOut = (value: number, said: readonly NumberInText[]): boolean =>
  said
    .slice(0, 20)
    .some((left) =>
      said
        .slice(0, 20)
        .some((right) =>
          [
            left.value + right.value,
            left.value - right.value,
            left.value * right.value,
            left.value / right.value,
          ].some((result) => Math.abs(result - Math.abs(value)) < 1e-9),
        ),
    );

function propertyAt(site: CallSite, name: string | undefined): JsonObject | null {
  const property = name === undefined ? undefined : propertiesOf(site)?.[name];
  return isObject(property) ? property : null;
}

/** One digit more, less or changed. */
function looksAlike(value: number, said: NumberInText): boolean {
  const left = String(Math.abs(value));
  const right = said.text.replaceAll(',', '');
  if (right.length < 2 || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < Math.min(left.length, right.length) - start &&
    left.at(-1 - end) === right.at(-1 - end)
  )
    end++;
  return Math.max(left.length, right.length) - start - end <= 1;
}
