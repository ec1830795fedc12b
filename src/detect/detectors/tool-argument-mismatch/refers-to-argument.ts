import type { JsonObject } from '../../../contract/json.ts';
import { descriptionOf } from '../../run/property.ts';
import type { NumberInText } from '../../run/request-numbers.ts';
import { countShared, stemsOf } from '../../run/tool-fit.ts';

/**
 * Whether a number of a text describes an argument: the words after it are words of the argument's
 * name or description ("3 nights" for `nights`), or the words before it name the argument
 * ("dividends paid of $500" for `dividends_paid`).
 */
export function refersToArgument(
  text: string,
  number: NumberInText,
  name: string,
  property: JsonObject,
): boolean {
  if (!/\d/.test(number.text) && !COUNTS.test(`${name} ${descriptionOf(property)}`)) return false;
  const own = stemsOf(name);
  const all = stemsOf(`${name} ${descriptionOf(property)}`);
  if (number.after.some((word) => [...stemsOf(word)].some((stem) => all.has(stem)))) return true;
  const before = clauseBefore(text, number.at);
  const named = countShared(own, before);
  const described = countShared(all, before);
  return (named > 0 && named >= own.size / 2) || described >= 2;
}

/** Numbers in words count things. */
const COUNTS =
  /^(?:n|num|count|number)_|_(?:count|number)\b|\bnumber of\b|\bhow many\b|\bcount of\b/i;

/** Whether a number is money and the argument an amount of it. */
export const isAmount = (text: string, number: NumberInText, name: string): boolean =>
  MONEY_NAME.test(name) && isMoney(text, number);

const MONEY_NAME = /^(?:amount|price|cost|budget|sum|payment)$/i;

const isMoney = (text: string, { at, after }: NumberInText): boolean =>
  /[$€£¥]\s?$/.test(text.slice(Math.max(0, at - 2), at)) ||
  after.slice(0, 2).some((word) => CURRENCY.test(word));

const CURRENCY =
  /^(?:dollars?|usd|euros?|eur|pounds?|gbp|yen|jpy|yuan|cny|rupees?|inr|francs?|chf)$/i;

/** Stems of the words before a place, up to the beginning of the clause. */
function clauseBefore(text: string, at: number): ReadonlySet<string> {
  const head = text.slice(Math.max(0, at - 60), at);
  return stemsOf(head.split(/[.,;:?!\n]\s|\b(?:and|but|with|from)\b/).at(-1) ?? '');
}
