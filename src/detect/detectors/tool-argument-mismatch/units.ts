import type { JsonObject } from '../../../contract/json.ts';
import { isRecord } from '../../../text/json.ts';
import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import type { Run } from '../../run/run.ts';
import { areRivals, unitOf, unitsIn } from './unit-words.ts';

/** Numbers passed in the unit of the request where the tool asks for another of the same kind, percentages for fractions among them. */
export function wrongUnits(run: Run, request: Request): readonly (Finding | null)[] {
  if (request.numbers.length === 0) return [];
  return request.calls.flatMap((site) => {
    const { properties } = site;
    const given = site.call.arguments;
    if (properties === null || !isRecord(given)) return [];
    return Object.entries(given).flatMap(([name, value]) => {
      const property = properties[name];
      if (typeof value !== 'number' || !isRecord(property)) return [];
      const wanted = wantedUnits(name, property);
      const number =
        otherUnit(value, wanted, request.numbers) ??
        wholePercent(name, value, wanted, request.numbers);
      return number === undefined ? [] : [wrongUnit(run, request, site, name, number)];
    });
  });
}

function wrongUnit(
  run: Run,
  request: Request,
  site: CallSite,
  name: string,
  number: NumberInText,
): Finding | null {
  const unit = unitOf(number);
  const called = tool(site.call.name);
  return run.finding({
    cause: ['unit', `${site.call.name}.${name}`, unit === null ? '' : `from ${unit}`],
    statement: number.isPercent
      ? statement`${called} was called with a percentage for ${field(name)}, which its description does not ask for`
      : statement`${called} was called with ${field(name)} in the unit of the request instead of the unit in its description`,
    confidence: 0.75,
    spanId: site.spanId,
    evidence: [
      argumentQuote(run, site, [name]),
      run.quote(request.path, request.text.slice(number.at, number.at + 30), request.spanId),
    ],
  });
}

/** The number in the request, when it occurs once and in a unit that rivals the wanted one. */
function otherUnit(
  value: number,
  wanted: readonly string[],
  numbers: readonly NumberInText[],
): NumberInText | undefined {
  const equal = numbers.filter((given) => given.value === Math.abs(value));
  const [number] = equal;
  if (number === undefined || equal.length > 1 || value === 0) return undefined;
  const unit = unitOf(number);
  if (unit === null || wanted.includes(unit)) return undefined;
  return wanted.some((other) => areRivals(unit, other)) ? number : undefined;
}

/** A rate is a fraction unless its description asks for a percentage. */
const wholePercent = (
  name: string,
  value: number,
  wanted: readonly string[],
  numbers: readonly NumberInText[],
): NumberInText | undefined =>
  value >= 1 && RATE.test(name) && !wanted.includes('percent')
    ? numbers.find((given) => given.isPercent && given.value === value)
    : undefined;

const RATE =
  /(?:^|_)(?:rate|interest|yield|inflation|depreciation|probability|ratio|discount|return)(?:_|$)|(?:Rate|Yield|Probability|Ratio)$/i;

/** Units that the argument's name and description name. */
const wantedUnits = (name: string, property: JsonObject): readonly string[] =>
  unitsIn(`${name.replaceAll('_', ' ')} ${descriptionOf(property)}`);
