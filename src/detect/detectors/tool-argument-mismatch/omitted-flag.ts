import type { JsonObject } from '../../../contract/json.ts';
import { findWord } from '../../../text/find-word.ts';
import { isRecord } from '../../../text/json.ts';
import { nameWords } from '../../../text/name-words.ts';
import type { CallSite } from '../../run/calls.ts';
import { descriptionOf, statedDefault } from '../../run/property.ts';
import type { Request } from '../../run/request.ts';

/**
 * The words of the request that ask for what a flag turns on, when no call of the tool sets the flag
 * and it is off by default; null when nothing asks for it.
 */
export function requestedFlag(
  name: string,
  property: JsonObject,
  request: Request,
  site: CallSite,
): string | null {
  if (property['default'] === true || statedDefault(descriptionOf(property))?.startsWith('true'))
    return null;
  const isSet = request.calls.some(
    ({ tool, call }) =>
      tool === site.tool && isRecord(call.arguments) && Object.hasOwn(call.arguments, name),
  );
  if (isSet || (site.result !== null && !site.result.isError)) return null;
  const own = nameWords(name).filter((word) => word.length > 3 && !SWITCHES.has(word));
  const places = own.map((word) => findWord(request.text, word.slice(0, STEM)));
  const [first] = places;
  if (first === undefined || places.some((at) => at < 0 || isUnwanted(request.text, at)))
    return null;
  const length = Math.min(STEM, own[0]?.length ?? 0);
  const ending = /^\w{0,4}/.exec(request.text.slice(first + length, first + length + 4))?.[0] ?? '';
  return request.text.slice(first, first + length + ending.length);
}

/** Letters that a word of the request shares with the name. */
const STEM = 12;

const isUnwanted = (text: string, at: number): boolean =>
  UNWANTED.test(text.slice(Math.max(0, at - UNWANTED_LENGTH), at));

const UNWANTED = /\b(?:no|not|without|don't|excluding)\s(?:\w{1,20}\s){0,3}$/i;
const UNWANTED_LENGTH = 80;

/** Words of a flag's name that say only that it is one. */
const SWITCHES = new Set(
  'include includes with show return returns want use enable allow should only flag option'.split(
    ' ',
  ),
);
