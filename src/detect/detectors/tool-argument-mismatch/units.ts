import type { JsonObject } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf, isObject, propertiesOf } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import type { Mismatch } from './mismatch.ts';
import { areRivals, unitOf, unitsIn } from './unit-words.ts';

/** Numbers that were handed over in the unit of the request where the tool asks for another one of the same kind, percentages for fractions among them. */
export function wrongUnits(trace: Trace, request: Request): readonly Mismatch[] {
  if (request.numbers.length === 0) return [];
  return request.calls.flatMap((site) => {
    const properties = propertiesOf(site);
    const { arguments: given } = site.call;
    if (properties === null || !isObject(given)) return [];
    return Object.entries(given).flatMap(([name, value]) => {
      const property = properties[name];
      if (typeof value !== 'number' || !isObject(property)) return [];
      const wanted = wantedUnits(name, property);
      const said =
        otherUnit(value, wanted, request.numbers) ??
        wholePercent(name, value, wanted, request.numbers);
      if (said === undefined) return [];
      return [mismatch(trace, request, site, name, value, said)];
    });
  });
}

function mismatch(
  trace: Trace,
  request: Request,
  site: CallSite,
  name: string,
  value: number,
  said: NumberInText,
): Mismatch {
  const unit = unitOf(said);
  return {
    kind: 'unit',
    detail: [`${site.call.name}.${name}`, unit === null ? '' : `from ${unit}`],
    summary: `\`${site.call.name}\` called with \`${name}\` ${said.isPercent ? 'as a percentage, which its description does not ask for' : 'in the unit of the request, its description asks for another'}`,
    confidence: 0.75,
    evidence: [
      quote(trace, `${site.path}/arguments${pointer(name)}`, JSON.stringify(value), site.spanId),
      quote(trace, request.path, request.text.slice(said.at, said.at + 30), request.spanId),
    ],
  };
}

/** The number as the request says it, when it says it once and in a unit that rivals the wanted one. */
function otherUnit(
  value: number,
  wanted: readonly string[],
  numbers: readonly NumberInText[],
): NumberInText | undefined {
  const equal = numbers.filter((number) => number.value === Math.abs(value));
  const [said] = equal;
  if (said === undefined || equal.length > 1 || value === 0) return undefined;
  const unit = unitOf(said);
  if (unit === null || wanted.includes(unit)) return undefined;
  return wanted.some((other) => areRivals(unit, other)) ? said : undefined;
}

/** A rate is a fraction unless its description asks for a percentage. */
const wholePercent = (
  name: string,
  value: number,
  wanted: readonly string[],
  numbers: readonly NumberInText[],
): NumberInText | undefined =>
  value >= 1 && RATE.test(name) && !wanted.includes('percent')
    ? numbers.find((said) => said.isPercent && said.value === value)
    : undefined;

const RATE =
  /(?:^|_)(?:rate|interest|yield|inflation|depreciation|probability|ratio|discount|return)(?:_|$)|(?:Rate|Yield|Probability|Ratio)$/i;

/** Units that the argument's name and description name. */
const wantedUnits = (name: string, property: JsonObject): readonly string[] =>
  unitsIn(`${name.replaceAll('_', ' ')} ${descriptionOf(property)}`);
