import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { pointer, quote } from '../evidence.ts';
import type { CallSite } from './calls.ts';
import type { Mismatch } from './mismatch.ts';
import type { NumberInText } from './numbers.ts';
import type { Request } from './request.ts';

/** Numbers that were handed over in the unit of the request where the tool asks for another one of the same kind. */
export function wrongUnits(trace: Trace, request: Request): readonly Mismatch[] {
  if (request.numbers.length === 0) return [];
  return request.calls.flatMap((site) => {
    const properties = site.tool?.parameters?.['properties'];
    const { arguments: given } = site.call;
    if (!isObject(properties) || !isObject(given)) return [];
    return Object.entries(given).flatMap(([name, value]) => {
      const property = properties[name];
      if (typeof value !== 'number' || !isObject(property)) return [];
      const wanted = wantedUnits(name, property);
      const said = wanted.length === 0 ? undefined : otherUnit(value, wanted, request.numbers);
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
    summary: `\`${site.call.name}\` called with \`${name}\` in the unit of the request, its description asks for another`,
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
  const family = FAMILIES.find((units) => units.some(([id]) => id === unit));
  return family?.some(([id]) => wanted.includes(id)) ? said : undefined;
}

/** Units that the argument's name and description name. */
const wantedUnits = (name: string, property: JsonObject): readonly string[] => {
  const description = typeof property['description'] === 'string' ? property['description'] : '';
  const text = `${name.replaceAll('_', ' ')} ${description}`.toLowerCase();
  return FAMILIES.flatMap((units) =>
    units.flatMap(([id, words]) => (words.some((word) => hasWord(text, word)) ? [id] : [])),
  );
};

function unitOf(number: NumberInText): string | null {
  if (number.isPercent) return 'percent';
  const [word] = number.after;
  if (word === undefined) return null;
  for (const units of FAMILIES) {
    const found = units.find(([, words]) => words.includes(word));
    if (found !== undefined) return found[0];
  }
  return null;
}

const hasWord = (text: string, word: string): boolean => {
  const at = text.indexOf(word);
  if (at === -1) return false;
  return !/[a-z]/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '');
};

/** Units of one kind: an id, and the words for it. */
const FAMILIES: readonly (readonly (readonly [string, readonly string[]])[])[] = [
  [
    ['kilometre', ['km', 'kilometer', 'kilometers', 'kilometre', 'kilometres']],
    ['mile', ['mile', 'miles']],
    ['metre', ['m', 'meter', 'meters', 'metre', 'metres']],
    ['centimetre', ['cm', 'centimeter', 'centimeters', 'centimetre', 'centimetres']],
    ['foot', ['ft', 'foot', 'feet']],
    ['inch', ['inch', 'inches']],
  ],
  [
    ['kilogram', ['kg', 'kilogram', 'kilograms']],
    ['gram', ['g', 'gram', 'grams']],
    ['pound', ['lb', 'lbs', 'pound', 'pounds']],
    ['ounce', ['oz', 'ounce', 'ounces']],
  ],
  [
    ['celsius', ['celsius', '°c']],
    ['fahrenheit', ['fahrenheit', '°f']],
    ['kelvin', ['kelvin']],
  ],
  [
    ['second', ['second', 'seconds', 'sec']],
    ['minute', ['minute', 'minutes', 'min']],
    ['hour', ['hour', 'hours']],
    ['day', ['day', 'days']],
    ['week', ['week', 'weeks']],
    ['month', ['month', 'months']],
    ['year', ['year', 'years']],
  ],
  [
    ['percent', ['percent', 'percentage', '%']],
    ['fraction', ['decimal', 'fraction', 'proportion']],
  ],
  [
    ['dollar', ['dollar', 'dollars']],
    ['cent', ['cent', 'cents']],
  ],
];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
