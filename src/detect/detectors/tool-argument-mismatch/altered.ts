import type { JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';
import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { fieldName, namesOf } from '../../run/leaves.ts';
import { isDefault } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import { isSameNumber, type NumberInText } from '../../run/request-numbers.ts';
import type { Run } from '../../run/run.ts';
import { refersToArgument } from './refers-to-argument.ts';

/**
 * Numbers among the arguments that the request does not give, while one that it does give is unused
 * and describes this argument, or differs by a single digit: `115.2` for `15.2`. Other numbers
 * may have been worked out.
 */
export function alteredNumbers(run: Run, request: Request): readonly (Finding | null)[] {
  if (request.unused.length === 0) return [];
  return request.calls.flatMap((site) => {
    if (site.tool === null) return [];
    return site.leaves.flatMap(({ value, path }) => {
      if (typeof value !== 'number') return [];
      const names = namesOf(path);
      const property = propertyAt(site, names[0]);
      const meant = request.unused.find(
        (number) =>
          (looksAlike(value, number) && !isKnown(value, request.numbers, property)) ||
          isMeant(value, number, names.at(-1) ?? '', property, request),
      );
      if (meant === undefined) return [];
      return [
        run.finding({
          tier: 'likely',
          cause: ['altered number', `${site.call.name}.${fieldName(path)}`],
          statement: statement`${tool(site.call.name)} was called with a different number for ${field(fieldName(path))} than the request gives`,
          confidence: 0.7,
          spanId: site.spanId,
          evidence: [
            argumentQuote(run, site, path),
            run.quote(request.path, meant.text, request.spanId),
          ],
        }),
      ];
    });
  });
}

/** A number that the request gives, that follows from two that it gives, or that the schema names. */
function isKnown(
  value: number,
  given: readonly NumberInText[],
  property: JsonObject | null,
): boolean {
  if (Math.abs(value) <= 1 && Number.isInteger(value)) return true;
  if (given.some((number) => isSameNumber(value, number)) || isWorkedOut(value, given)) return true;
  return property !== null && JSON.stringify(property).includes(String(Math.abs(value)));
}

/** Whether an unused number describes the argument, and the argument holds its default or a number that no other two give. */
function isMeant(
  value: number,
  unused: NumberInText,
  name: string,
  property: JsonObject | null,
  request: Request,
): boolean {
  if (property === null || isRecord(property['properties'])) return false;
  const given = isDefault(property, String(value))
    ? request.numbers.some((number) => isSameNumber(value, number))
    : isKnown(value, request.numbers, property);
  return !given && refersToArgument(request.text, unused, name, property);
}

/** The sum, difference, product or quotient of two given numbers. */
const isWorkedOut = (value: number, given: readonly NumberInText[]): boolean =>
  given
    .slice(0, 20)
    .some((left) =>
      given
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
  const property = name === undefined ? undefined : site.properties?.[name];
  return isRecord(property) ? property : null;
}

/** One digit more, less or changed. */
function looksAlike(value: number, given: NumberInText): boolean {
  const left = String(Math.abs(value));
  const right = given.text.replaceAll(',', '');
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
