import type { JsonObject } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { nameWords } from '../../../text/name-words.ts';
import { quote, textAt } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { leavesOf } from '../../run/leaves.ts';
import {
  descriptionOf,
  isDefault,
  isObject,
  propertiesOf,
  statedDefault,
} from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import { argumentViolations } from '../../run/schema/arguments.ts';
import type { Mismatch } from './mismatch.ts';
import { flagAsked } from './omitted-flag.ts';
import { unitAsked } from './omitted-unit.ts';
import { isAbout, isAmount } from './refers-to-argument.ts';

/** Optional arguments that the request gives a value for and the call leaves out. */
export function omittedArguments(trace: Trace, request: Request): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const said = new Set(nameWords(request.text));
  for (const site of request.calls) {
    const properties = propertiesOf(site);
    if (properties === null || !isObject(site.call.arguments)) continue;
    if (argumentViolations(site).some((violation) => violation.kind === 'missing')) continue;
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property) || Object.hasOwn(site.call.arguments, name)) continue;
      const reason = whyOmitted(name, property, request, said, site);
      if (reason === null) continue;
      const path = `${site.path}/arguments`;
      found.push({
        kind: `left out, ${reason.kind}`,
        detail: [`${site.call.name}.${name}`],
        summary: `\`${site.call.name}\` called without \`${name}\`, although the request gives it`,
        confidence: reason.kind === 'named' ? 0.5 : 0.7,
        evidence: [
          quote(trace, path, textAt(trace, path) ?? '', site.spanId),
          quote(trace, request.path, reason.quote, request.spanId),
        ],
      });
    }
  }
  return found;
}

interface Reason {
  readonly kind: string;
  readonly quote: string;
}

function whyOmitted(
  name: string,
  property: JsonObject,
  request: Request,
  said: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  switch (property['type']) {
    case 'integer':
    case 'number':
      return numberOf(name, property, request, site);
    case 'boolean': {
      const asked = flagAsked(name, property, request, site);
      return asked === null ? null : { kind: 'flag', quote: asked };
    }
    default: {
      const unit = unitAsked(name, property, request, site);
      if (unit !== null) return { kind: 'unit', quote: unit };
      return listed(property, request) ?? named(name, property, request, said, site);
    }
  }
}

/** A number that no argument takes up and that is said of this one, or money of no argument in particular for an amount. */
function numberOf(
  name: string,
  property: JsonObject,
  request: Request,
  site: CallSite,
): Reason | null {
  const number = request.unused.find(
    (said) =>
      !isDefault(property, String(said.value)) &&
      (isAbout(request.text, said, name, property) ||
        (isAmount(request.text, said, name) && !isAboutAny(request, said, site))),
  );
  if (number === undefined) return null;
  return { kind: 'number', quote: request.text.slice(number.at, number.at + 40) };
}

const isAboutAny = (request: Request, said: NumberInText, site: CallSite): boolean =>
  Object.entries(propertiesOf(site) ?? {}).some(
    ([name, property]) => isObject(property) && isAbout(request.text, said, name, property),
  );

/** One of the values that the argument can take stands in the request and in no other argument. */
function listed(property: JsonObject, request: Request): Reason | null {
  const enumerated = optionsOf(property);
  for (const option of [...enumerated, ...examplesIn(property)]) {
    if (option.length < 3 || isDefault(property, option)) continue;
    const said = findWords(request.text, option);
    if (said !== null && !isUsed(option, request.calls, enumerated.includes(option)))
      return { kind: 'listed value', quote: said };
  }
  return null;
}

/** All words of the argument's name stand in the request, no other call of the tool gives it, and the tool gave no result without it. */
function named(
  name: string,
  property: JsonObject,
  request: Request,
  said: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  const own = nameWords(name).filter((word) => word.length > 3 && !VAGUE.has(word));
  const [first] = own;
  if (first === undefined || !own.every((word) => said.has(word))) return null;
  if (site.result !== null && !site.result.isError) return null;
  if (/type$/i.test(name) && !said.has('type')) return null;
  const fallback = property['default'] ?? statedDefault(descriptionOf(property));
  if (typeof fallback === 'string' && fallback !== '' && findWords(request.text, fallback) !== null)
    return null;
  if (
    request.calls.some(
      (other) => other !== site && other.tool === site.tool && hasArgument(other, name),
    )
  )
    return null;
  const quote = findWords(request.text, first);
  return quote === null ? null : { kind: 'named', quote };
}

const hasArgument = ({ call }: CallSite, name: string): boolean =>
  isObject(call.arguments) && Object.hasOwn(call.arguments, name);

/** The words as they stand in the text, in whatever case; null when absent or said not to be wanted. */
function findWords(text: string, wanted: string): string | null {
  const match = new RegExp(
    `(\\b(?:no|not|without|any|excluding)\\s(?:\\w{1,20}\\s){0,2})?(\\b${wanted.replace(/\W/g, '\\$&')})`,
    'i',
  ).exec(text);
  return match === null || match[1] !== undefined ? null : (match[2] ?? null);
}

const VAGUE = new Set(
  'type name value option param parameter location date time year city country'.split(' '),
);

/** A value of an enumeration is used where an argument is that value, any other where one holds it. */
const isUsed = (text: string, calls: readonly CallSite[], whole: boolean): boolean =>
  calls.some((site) =>
    leavesOf(site.call.arguments).some((leaf) => {
      const value = String(leaf.value).toLowerCase();
      return whole ? value === text.toLowerCase() : value.includes(text.toLowerCase());
    }),
  );

const optionsOf = (property: JsonObject): readonly string[] =>
  Array.isArray(property['enum']) ? property['enum'].map(String) : [];

/** Values that a description names in quotes. */
const examplesIn = (property: JsonObject): readonly string[] =>
  [...descriptionOf(property).matchAll(/["'`]([\w .-]{3,30})["'`]/g)].map(
    (match) => match[1] ?? '',
  );
