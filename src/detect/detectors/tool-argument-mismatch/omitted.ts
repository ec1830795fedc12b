import type { JsonObject } from '../../../contract/json.ts';
import { isList, isRecord } from '../../../text/json.ts';
import { nameWords } from '../../../text/name-words.ts';
import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf, isDefault, statedDefault } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import type { Run } from '../../run/run.ts';
import { requestedFlag } from './omitted-flag.ts';
import { requestedUnit } from './omitted-unit.ts';
import { isAmount, refersToArgument } from './refers-to-argument.ts';

/** Optional arguments that the request gives a value for and the call leaves out. */
export function omittedArguments(run: Run, request: Request): readonly (Finding | null)[] {
  const requestWords = new Set(nameWords(request.text));
  return request.calls.flatMap((site) => {
    const { properties } = site;
    const given = site.call.arguments;
    if (properties === null || !isRecord(given)) return [];
    if (site.violations.some((violation) => violation.kind === 'missing')) return [];
    return Object.entries(properties).flatMap(([name, property]) => {
      if (!isRecord(property) || Object.hasOwn(given, name)) return [];
      const reason = whyOmitted(name, property, request, requestWords, site);
      if (reason === null) return [];
      return [
        run.finding({
          ...(reason.kind === 'named' && { tier: 'likely' as const }),
          cause: [`left out, ${reason.kind}`, `${site.call.name}.${name}`],
          statement: statement`${tool(site.call.name)} was called without ${field(name)}, although the request specifies it`,
          confidence: reason.kind === 'named' ? 0.5 : 0.7,
          spanId: site.spanId,
          evidence: [
            argumentQuote(run, site),
            run.quote(request.path, reason.quote, request.spanId),
          ],
        }),
      ];
    });
  });
}

interface Reason {
  readonly kind: string;
  readonly quote: string;
}

function whyOmitted(
  name: string,
  property: JsonObject,
  request: Request,
  requestWords: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  switch (property['type']) {
    case 'integer':
    case 'number':
      return numberOf(name, property, request, site);
    case 'boolean': {
      const asked = requestedFlag(name, property, request, site);
      return asked === null ? null : { kind: 'flag', quote: asked };
    }
    default: {
      const unit = requestedUnit(name, property, request, site);
      if (unit !== null) return { kind: 'unit', quote: unit };
      return listed(property, request) ?? named(name, property, request, requestWords, site);
    }
  }
}

/** An unused number that describes this argument, or for an amount, money that describes no argument in particular. */
function numberOf(
  name: string,
  property: JsonObject,
  request: Request,
  site: CallSite,
): Reason | null {
  const number = request.unused.find(
    (unused) =>
      !isDefault(property, String(unused.value)) &&
      (refersToArgument(request.text, unused, name, property) ||
        (isAmount(request.text, unused, name) && !refersToAny(request, unused, site))),
  );
  if (number === undefined) return null;
  return { kind: 'number', quote: request.text.slice(number.at, number.at + 40) };
}

const refersToAny = (request: Request, number: NumberInText, site: CallSite): boolean =>
  Object.entries(site.properties ?? {}).some(
    ([name, property]) =>
      isRecord(property) && refersToArgument(request.text, number, name, property),
  );

/** One of the values that the argument can take occurs in the request and in no other argument. */
function listed(property: JsonObject, request: Request): Reason | null {
  const enumerated = optionsOf(property);
  for (const option of [...enumerated, ...examplesIn(property)]) {
    if (option.length < 3 || isDefault(property, option)) continue;
    const found = findWords(request.text, option);
    if (found !== null && !isUsed(option, request.calls, enumerated.includes(option)))
      return { kind: 'listed value', quote: found };
  }
  return null;
}

/** All words of the argument's name occur in the request, no other call of the tool gives it, and the tool gave no result without it. */
function named(
  name: string,
  property: JsonObject,
  request: Request,
  requestWords: ReadonlySet<string>,
  site: CallSite,
): Reason | null {
  const own = nameWords(name).filter((word) => word.length > 3 && !VAGUE.has(word));
  const [first] = own;
  if (first === undefined || !own.every((word) => requestWords.has(word))) return null;
  if (site.result !== null && !site.result.isError) return null;
  if (/type$/i.test(name) && !requestWords.has('type')) return null;
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
  isRecord(call.arguments) && Object.hasOwn(call.arguments, name);

/** The words as the text writes them, in any case; null when absent or not wanted. */
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
    site.leaves.some((leaf) => {
      const value = String(leaf.value).toLowerCase();
      return whole ? value === text.toLowerCase() : value.includes(text.toLowerCase());
    }),
  );

const optionsOf = (property: JsonObject): readonly string[] =>
  isList(property['enum']) ? property['enum'].map(String) : [];

/** Values that a description names in quotes. */
const examplesIn = (property: JsonObject): readonly string[] =>
  [...descriptionOf(property).matchAll(/["'`]([\w .-]{3,30})["'`]/g)].map(
    (match) => match[1] ?? '',
  );
