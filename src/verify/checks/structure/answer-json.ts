import { jsonrepair } from 'jsonrepair';
import type { CheckOutcome } from '../../../contract/check-use.ts';
import type { Json } from '../../../contract/json.ts';
import { parseJson } from '../../../text/json.ts';
import { quoteAnswer, withAnswer } from '../answer.ts';
import type { CheckSubject } from '../define.ts';
import { fail } from '../outcome.ts';

const LONGEST_REPAIR = 200_000;

/** The value of a text that should be JSON; with `repair`, also of one that the library jsonrepair mends. */
function jsonOf(text: string, repair: boolean): Json | undefined {
  const value = parseJson(text.trim());
  if (value !== undefined || !repair || text.length > LONGEST_REPAIR || !/[[{]/.test(text))
    return value;
  try {
    return parseJson(jsonrepair(inFence(text)));
  } catch {
    return undefined;
  }
}

/** What a fence or prose around the JSON holds. */
function inFence(text: string): string {
  const open = /```(?:json)?[ \t]{0,10}\r?\n/i.exec(text);
  const inside = open === null ? '' : text.slice(open.index + open[0].length);
  const end = inside.indexOf('```');
  if (end >= 0) return inside.slice(0, end);
  const start = text.search(/[[{]/);
  return start > 0 ? text.slice(start) : text;
}

/** Asks about the JSON that the answer is; an answer that is none fails. */
export const withJson = (
  subject: CheckSubject,
  repair: boolean,
  ask: (value: Json) => CheckOutcome,
): CheckOutcome =>
  withAnswer(subject, (answer) => {
    const value = jsonOf(answer, repair);
    return value === undefined
      ? fail('the answer is not JSON', [quoteAnswer(subject)])
      : ask(value);
  });
