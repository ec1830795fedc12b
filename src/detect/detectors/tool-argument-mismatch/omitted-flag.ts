import type { JsonObject } from '../../../contract/json.ts';
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
  const matches = own.map((word) =>
    new RegExp(`${NOT}\\b(${word.slice(0, 12)}\\w{0,4})`, 'i').exec(request.text),
  );
  const [first] = matches;
  if (first === undefined || matches.some((match) => match === null || match[1] !== undefined))
    return null;
  return first?.[2] ?? null;
}

const NOT = "(\\b(?:no|not|without|don't|excluding)\\s(?:\\w{1,20}\\s){0,3})?";

/** Words of a flag's name that say only that it is one. */
const SWITCHES = new Set(
  'include includes with show return returns want use enable allow should only flag option'.split(
    ' ',
  ),
);
