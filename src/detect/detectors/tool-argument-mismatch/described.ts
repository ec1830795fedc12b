import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote, textAt } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf, isObject, propertiesOf } from '../../run/property.ts';
import { isDateAsDescribed } from './date-form.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * Arguments against what their description says in words, where the schema itself does not: lists of
 * possible values, ranges, date forms; and nothing-words written as text (`"None"`).
 */
export function againstDescription(trace: Trace, site: CallSite): readonly Mismatch[] {
  const properties = propertiesOf(site);
  const { arguments: given } = site.call;
  if (properties === null || !isObject(given)) return [];
  const found: Mismatch[] = [];
  for (const [name, value] of Object.entries(given)) {
    const property = properties[name];
    if (!isObject(property) || value === undefined) continue;
    const problem = placeholder(value, trace, site) ?? problemOf(name, value, property);
    if (problem === null) continue;
    const path = `${site.path}/arguments${pointer(name)}`;
    found.push({
      kind: problem.kind,
      detail: [`${site.call.name}.${name}`],
      summary: `\`${site.call.name}\` called with ${problem.what} in \`${name}\``,
      confidence: problem.confidence,
      evidence: [quote(trace, path, textAt(trace, path) ?? '', site.spanId)],
    });
  }
  return found;
}

interface Problem {
  readonly kind: string;
  readonly what: string;
  readonly confidence: number;
}

function problemOf(name: string, value: Json, property: JsonObject): Problem | null {
  const description = descriptionOf(property);
  if (typeof value === 'string' && isNothingWord(value, property, description)) {
    return { kind: 'nothing as text', what: 'the word for nothing as text', confidence: 0.85 };
  }
  if (typeof value === 'string' && lacksScheme(name, value, property)) {
    return {
      kind: 'address without scheme',
      what: 'an address without its scheme',
      confidence: 0.85,
    };
  }
  if (description === '') return null;
  const options = optionsIn(description);
  if (options !== null && !isOneOf(value, options)) {
    return {
      kind: 'not a listed value',
      what: 'a value its description does not list',
      confidence: 0.8,
    };
  }
  if (typeof value === 'number' && !isInRange(value, description)) {
    return {
      kind: 'out of described range',
      what: 'a value out of the range its description gives',
      confidence: 0.9,
    };
  }
  if (typeof value === 'string' && !isDateAsDescribed(value, description)) {
    return {
      kind: 'date form',
      what: 'a date in another form than its description asks for',
      confidence: 0.85,
    };
  }
  return null;
}

const PLACEHOLDER =
  /^(?:<[^<>]{1,60}>|\{\{?[\w .-]{1,60}\}?\}|\[(?:your|insert|enter)[^\]]{0,60}\]|(?:your|insert|enter|replace)[_ -]?[A-Za-z_ -]{2,40}|(?:example|sample|dummy|test|placeholder)[_ -]?(?:value|id|key|name|string|text|data)|x{3,10}|lorem ipsum.{0,100}|(?:to be )?(?:determined|provided|filled)|tbd|todo|not (?:specified|provided|given|available|known)|unspecified)$/i;

/** A stand-in for a value that nobody gave. */
function placeholder(value: Json, trace: Trace, site: CallSite): Problem | null {
  if (typeof value !== 'string' || value.length > 120 || !PLACEHOLDER.test(value.trim()))
    return null;
  const before = trace.messages.slice(0, site.path.startsWith('/messages') ? site.at : undefined);
  if (before.some((message) => message.role !== 'assistant' && message.content.includes(value)))
    return null;
  return { kind: 'placeholder', what: 'a placeholder', confidence: 0.85 };
}

const isNothingWord = (value: string, property: JsonObject, description: string): boolean =>
  /^(?:none|null|undefined|nil|nan|n\/a)$/i.test(value.trim()) &&
  !new RegExp(`\\b${value.trim().replace(/\W/g, '\\$&')}\\b`, 'i').test(description) &&
  !(Array.isArray(property['enum']) && property['enum'].includes(value));

/** A host and path where the schema shows a whole address. */
const lacksScheme = (name: string, value: string, property: JsonObject): boolean =>
  /(?:^|_)ur[il]$|Ur[il]$|(?:^|_)endpoint$/i.test(name) &&
  /^<?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?:[/?:]\S{0,2000})?$/.test(value) &&
  /\bhttps?:\/\//.test(JSON.stringify(property));

const LIST =
  /(?:possible (?:options|values)|allowed values|valid (?:options|values)|allows? one of(?: the)?(?: following)?|(?:must|should|can) be (?:one|either|any) of|one of(?: the following)?|choose from|options(?: are)?)\s{0,2}:?\s{0,2}([[(]?[^.\n]{3,300})/i;

/** Values that a description lists in so many words; null when it lists none, or leaves the list open. */
function optionsIn(description: string): readonly string[] | null {
  const match = LIST.exec(description);
  const list = match?.[1];
  if (list === undefined || /\b(?:etc|e\.g|such as|for example|any)\b|\.\.\./i.test(list))
    return null;
  const bracketed = /^[[(]([^\])]{3,300})[\])]/.exec(list)?.[1];
  const quoted = [...list.matchAll(/["'`]([^"'`]{1,40})["'`]/g)].map((part) => part[1] ?? '');
  const parts =
    quoted.length > 1
      ? quoted
      : (bracketed ?? list)
          .split(/\s{0,3}(?:,|\||;|\/|\bor\b|\band\b)\s{0,3}/)
          .map((part) => part.trim());
  const options = parts.filter((part) => part !== '').map((part) => part.toLowerCase());
  return options.length >= 2 && options.every((option) => /^[\w+.-]{1,30}$/.test(option))
    ? options
    : null;
}

function isOneOf(value: Json, options: readonly string[]): boolean {
  if (Array.isArray(value)) return value.every((item: Json) => isOneOf(item, options));
  if (typeof value === 'object') return true;
  return options.includes(String(value).toLowerCase());
}

const RANGE =
  /\b(?:rang(?:e|ing) (?:from|of|is)?|between|in the range(?: of)?|from)\s{1,2}(-?\d+(?:\.\d+)?)\s{0,2}(?:to|and|-|–)\s{0,2}(-?\d+(?:\.\d+)?)\b/i;

function isInRange(value: number, description: string): boolean {
  const match = RANGE.exec(description);
  if (match === null) return true;
  const [low, high] = [Number(match[1]), Number(match[2])];
  return !(low < high) || (value >= low && value <= high);
}
