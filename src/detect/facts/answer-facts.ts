import type { Reading } from './reading.ts';
import { isLongAnswer } from './short-answer.ts';
import { endingHead, openingHead } from './template-heads.ts';

/** Facts of the form, the opening and the ending of the answer, and of what the request asked for. */
export function addAnswerFacts(reading: Reading): void {
  const { dialogue, file, facts, run } = reading;
  const { answer, request } = dialogue;
  if (request !== null) facts.quantity('request_length', request.text.length);
  facts.quantity('answer_length', answer?.text.trim().length ?? 0, answer);
  if (answer === null) return;
  const text = answer.text;
  addForm(reading, text);
  const opening = openingHead(text);
  const opens = file.sharedPrefix(opening, 2);
  if (opens > 0) {
    facts.add(
      'opening',
      [opening.tokens.slice(0, opens).join(' ')],
      answer,
      0,
      opening.ends[opens - 1]!,
    );
    if (opens > 3)
      facts.add('opening', [opening.tokens.slice(0, 3).join(' ')], answer, 0, opening.ends[2]!);
  }
  const ending = endingHead(text);
  const ends = file.sharedPrefix(ending, 2);
  if (ends > 0) {
    const end = ending.ends[ends - 1]!;
    facts.add(
      'ending',
      [ending.tokens.slice(0, ends).join(' ')],
      answer,
      Math.max(0, end - 200),
      text.length,
    );
  }
  const { refusal } = run;
  if (refusal !== null) {
    const at = Math.max(0, text.indexOf(refusal.text));
    facts.add('refuses', [REFUSALS[refusal.kind]], answer, at, at + refusal.text.length);
    const extent = refusal.extent === 'full' ? 'and offers nothing else' : 'but helps anyway';
    const said = `${REFUSALS[refusal.kind]} ${extent}`;
    facts.add('refuses', [said], answer, at, at + refusal.text.length);
  }
}

/** Facts of an answer that apologizes and gives nothing. */
export function addApologyFacts({ dialogue, facts }: Reading): void {
  const { answer, request } = dialogue;
  if (answer === null || !givesNothing(answer.text.trim())) return;
  facts.add('apology_only', undefined, answer, 0, 200);
  if (request === null && !SAFETY.test(answer.text.slice(0, REASON)))
    facts.add('refused_unseen', undefined, answer, 0, 200);
}

const REFUSALS = {
  declines: 'declines the request',
  lecture: 'lectures about the request',
  abstains: 'says that the sources do not hold what was asked',
  capability: 'says that it cannot do what was asked',
} as const;

function addForm({ dialogue, facts, run }: Reading, text: string): void {
  const { answer, request } = dialogue;
  const trimmed = text.trim();
  if (/(?:^|\n)\s{0,6}(?:[-*\u2022]|\d{1,2}[.)])\s/.test(text))
    facts.add('has_list', undefined, answer);
  if (text.includes('```')) facts.add('has_code', undefined, answer);
  if (APOLOGY.test(trimmed.slice(0, 80))) facts.add('opens_apology', undefined, answer, 0, 80);
  const first = trimmed[0];
  if (first !== undefined && !/[\p{L}\p{N}]/u.test(first))
    facts.add('first_sign', [first], answer, 0, 40);
  if (first !== undefined && /\d/.test(first)) facts.add('first_sign', ['a digit'], answer, 0, 40);
  const words = trimmed.split(/\s+/, 9).length;
  if (words === 1) facts.add('one_line', ['one word'], answer);
  else if (words <= 6) facts.add('one_line', ['a phrase of at most six words'], answer);
  else if (!/[.!?\n]\s/.test(trimmed)) facts.add('one_line', ['one sentence'], answer);
  if (trimmed.endsWith('?'))
    facts.add('asks_back', undefined, answer, Math.max(0, text.length - 200));
  if (request !== null) addRequested(facts, request.text.slice(-600), trimmed, answer);
  const { tools } = run;
  if (tools.length > 0 && dialogue.steps.length === 0) {
    const head = text.slice(0, 8_000);
    if (
      !tools
        .slice(0, 100)
        .some(({ name }) => head.includes(name) || head.includes(name.replaceAll('.', '_')))
    )
      facts.add('no_tool_named', undefined, answer, 0, 200);
  }
}

/** An answer of more than a phrase where nearly all answers of the input are one. */
export function addShortFacts({ dialogue: { answer }, facts, file }: Reading): void {
  const { short, withAnswer } = file.facts.habits;
  if (answer === null || short < LEAST_SHORT || short < MOSTLY_SHORT * withAnswer) return;
  if (isLongAnswer(answer.text)) facts.add('not_short', undefined, answer, 0, 400);
}

/** Short answers that make a norm, and their share of all answers. */
const LEAST_SHORT = 20;
const MOSTLY_SHORT = 0.8;

const APOLOGY =
  /^\W{0,3}(?:i(?:'m| am) (?:so |very |really )?sorry|sorry|i apologi[sz]e|my apologies|unfortunately|regrettably)/i;

/** An apology or a cannot that opens a short answer, and no help behind it: no list, no code, no table. */
function givesNothing(answer: string): boolean {
  if (answer.length > 1_300 || !DECLINES.test(answer.slice(0, 200))) return false;
  if (answer.includes('```') || TABLE.test(answer)) return false;
  const items = answer.match(/^\s{0,8}(?:[-*\u2022]|\d{1,2}[.)])\s/gm)?.length ?? 0;
  return items < 3 && !SLIP.test(answer.slice(0, 200));
}

const DECLINES =
  /^\W{0,3}(?:(?:i(?:'m| am) (?:so |very |really )?sorry|sorry|i apologi[sz]e|my apologies|unfortunately)\b[^.]{0,160}\b(?:cannot|can't|can not|unable|not able|don't (?:have|know)|do not (?:have|know)|not possible|isn't|is not)|i (?:cannot|can't|am unable|'m unable|am not able|'m not able)\b)/i;
/** The reason stands near the refusal; what follows may speak of anything. */
const REASON = 600;
const SAFETY =
  /\b(?:inappropriate|appropriate|unethical|ethic\w*|harm\w*|illegal|unauthori[sz]ed|explicit|sexual|violen\w+|respectful|offensive|stereotyp\w*|discriminat\w*|dangerous|hack\w*|cheat\w*|condone|fair play|privacy|private|sensitive|confidential|human rights|misinformation|feeling this way)\b/i;
const TABLE = /\|[ :]{0,3}-{3,}/;
const SLIP =
  /\b(?:confusion|mistake|error in my|misunderst|previous (?:answer|response)|inconvenience|oversight)\b/i;

const ASKS_NUMBER =
  /\b(?:how (?:many|much|old|long|far|tall|fast)|what (?:is|was|are|were) the (?:\w+ ){0,4}?(?:number|amount|total|percentage|ratio|rate|price|cost|margin|sum|average|year))\b/i;
const ASKS_YES_NO =
  /(?:^|[.!?\n]\s{0,3})(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should) (?!you\b)[^.!?\n]{3,300}\?\s{0,3}$/i;

function addRequested(
  facts: Reading['facts'],
  request: string,
  answer: string,
  place: Reading['dialogue']['answer'],
): void {
  if (ASKS_NUMBER.test(request) && !/\d/.test(answer.slice(0, 4_000)))
    facts.add('number_absent', undefined, place, 0, 200);
  if (ASKS_YES_NO.test(request) && !/^\W{0,4}(?:yes|no|yeah|nope)\b/i.test(answer))
    facts.add('yes_no_absent', undefined, place, 0, 200);
}
