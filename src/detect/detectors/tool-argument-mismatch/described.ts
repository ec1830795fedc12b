import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Slot } from '../../../contract/signal.ts';
import { holdsWord } from '../../../text/find-word.ts';
import { isList, isRecord } from '../../../text/json.ts';
import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf } from '../../run/property.ts';
import type { Run } from '../../run/run.ts';
import { isDateAsDescribed } from './date-form.ts';

/**
 * Arguments that go against what their description says in words, where the schema itself says nothing:
 * lists of possible values, ranges, date forms; and placeholders, and words for nothing as text (`"None"`).
 */
export function againstDescription(run: Run, site: CallSite): readonly (Finding | null)[] {
  const { properties } = site;
  const given = site.call.arguments;
  if (properties === null || !isRecord(given)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const property = properties[name];
    if (!isRecord(property) || value === undefined) return [];
    const kind = isPlaceholder(value, run, site) ? 'placeholder' : problemOf(name, value, property);
    if (kind === null) return [];
    const { confidence, sentence } = PROBLEMS[kind];
    return [
      run.finding({
        cause: [kind, `${site.call.name}.${name}`],
        statement: sentence(tool(site.call.name), field(name)),
        confidence,
        spanId: site.spanId,
        evidence: [argumentQuote(run, site, [name])],
      }),
    ];
  });
}

const PROBLEMS = {
  placeholder: {
    confidence: 0.85,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with a placeholder for ${argument}`,
  },
  'nothing as text': {
    confidence: 0.85,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with a null value spelled out as text for ${argument}`,
  },
  'address without scheme': {
    confidence: 0.85,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with an address without its scheme for ${argument}`,
  },
  'not a listed value': {
    confidence: 0.8,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with a value for ${argument} that its description does not list`,
  },
  'out of described range': {
    confidence: 0.9,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with a value for ${argument} outside the range in its description`,
  },
  'date form': {
    confidence: 0.85,
    sentence: (name: Slot, argument: Slot) =>
      statement`${name} was called with a date for ${argument} in a format other than the one in its description`,
  },
} as const;

type Problem = keyof typeof PROBLEMS;

function problemOf(name: string, value: Json, property: JsonObject): Problem | null {
  const description = descriptionOf(property);
  if (typeof value === 'string') {
    if (isNothingWord(value, property, description)) return 'nothing as text';
    if (lacksScheme(name, value, property)) return 'address without scheme';
  }
  if (description === '') return null;
  const options = optionsIn(description);
  if (options !== null && !isOneOf(value, options)) return 'not a listed value';
  if (typeof value === 'number' && !isInRange(value, description)) return 'out of described range';
  if (typeof value === 'string' && !isDateAsDescribed(value, description)) return 'date form';
  return null;
}

const PLACEHOLDER =
  /^(?:<[^<>]{1,60}>|\{\{?[\w .-]{1,60}\}?\}|\[(?:your|insert|enter)[^\]]{0,60}\]|(?:your|insert|enter|replace)[_ -]?[A-Za-z_ -]{2,40}|(?:example|sample|dummy|test|placeholder)[_ -]?(?:value|id|key|name|string|text|data)|x{3,10}|lorem ipsum.{0,100}|(?:to be )?(?:determined|provided|filled)|tbd|todo|not (?:specified|provided|given|available|known)|unspecified)$/i;

/** A stand-in for a value that nobody gave. */
function isPlaceholder(value: Json, run: Run, site: CallSite): boolean {
  if (typeof value !== 'string' || value.length > 120 || !PLACEHOLDER.test(value.trim())) {
    return false;
  }
  const before = run.messages.slice(0, site.path.startsWith('/messages') ? site.at : undefined);
  return !before.some(({ role, content }) => role !== 'assistant' && content.includes(value));
}

const isNothingWord = (value: string, property: JsonObject, description: string): boolean =>
  /^(?:none|null|undefined|nil|nan|n\/a)$/i.test(value.trim()) &&
  !holdsWord(description, value.trim()) &&
  !(isList(property['enum']) && property['enum'].includes(value));

/** A host and path where the schema shows a whole address. */
const lacksScheme = (name: string, value: string, property: JsonObject): boolean =>
  /(?:^|_)ur[il]$|Ur[il]$|(?:^|_)endpoint$/i.test(name) &&
  /^<?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?:[/?:]\S{0,2000})?$/.test(value) &&
  /\bhttps?:\/\//.test(JSON.stringify(property));

const LIST =
  /(?:possible (?:options|values)|allowed values|valid (?:options|values)|allows? one of(?: the)?(?: following)?|(?:must|should|can) be (?:one|either|any) of|one of(?: the following)?|choose from|options(?: are)?)\s{0,2}:?\s{0,2}([[(]?[^.\n]{3,300})/i;

/** Values that a description lists explicitly; null when it lists none, or leaves the list open. */
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
  if (isList(value)) return value.every((item) => isOneOf(item, options));
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
