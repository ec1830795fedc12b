import { plainQuotes } from '../../../text/plain-quotes.ts';
import { type Sentence, sentences } from '../../../text/sentences.ts';
import type { ToolVerb } from './tool-verb.ts';

/** An action that a text requests or claims. `text` is the sentence, verbatim. */
export interface SpokenAct {
  readonly verb: Exclude<ToolVerb, 'read' | null>;
  readonly text: string;
}

/**
 * Actions that the answer claims, in the first person or as a success. Those that may refer to the answer's
 * own text ("I added the prices", "I removed duplicates") count only when the request asked for them.
 */
export function claimedActs(answer: string, request: string): readonly SpokenAct[] {
  const from = Math.max(0, answer.length - TAIL);
  const text = plainQuotes(answer.slice(from));
  let requested: readonly SpokenAct[] | undefined;
  return sentences(text, MOST_SENTENCES).flatMap((sentence) => {
    if (HEDGED.test(sentence.text)) return [];
    const match = CLAIM.exec(sentence.text);
    const form = DONE.get((match?.[1] ?? match?.[2] ?? '').toLowerCase());
    if (form === undefined) return [];
    if (form.isLoose) {
      requested ??= requestedActs(request);
      if (!requested.some(({ verb }) => verb === form.verb)) return [];
    }
    return [{ verb: form.verb, text: verbatim(answer, sentence, from) }];
  });
}

/** Actions that the request tells the assistant to perform: "Find and delete …", "please send …". */
export function requestedActs(request: string): readonly SpokenAct[] {
  const text = plainQuotes(request.slice(0, HEAD));
  return sentences(text, MOST_SENTENCES).flatMap((sentence) => {
    if (HOW_TO.test(sentence.text)) return [];
    if (DELEGATED.test(sentence.text))
      return [{ verb: 'write', text: verbatim(request, sentence, 0) }];
    return [...sentence.text.matchAll(ORDER)].flatMap((match) => {
      const form = ORDERED.get((match[1] ?? '').toLowerCase());
      if (form === undefined) return [];
      const rest = sentence.text.slice(match.index + match[0].length, match.index + 90);
      if (form.isNoun && (!HAS_OBJECT.test(rest) || IDENTIFIER.test(rest))) return [];
      if (form.isLoose && OF_TEXT.test(rest.slice(0, 50))) return [];
      return [{ verb: form.verb, text: verbatim(request, sentence, 0) }];
    });
  });
}

const verbatim = (text: string, sentence: Sentence, from: number): string =>
  text.slice(from + sentence.start, from + sentence.start + sentence.text.length);

const HEAD = 2_000;
const TAIL = 2_500;
const MOST_SENTENCES = 40;

interface Form {
  readonly verb: SpokenAct['verb'];
  readonly base: string;
  readonly done: readonly string[];
  /** Also done to a text or a list on the screen. */
  readonly isLoose: boolean;
  /** Also a noun. */
  readonly isNoun: boolean;
}

const form = (verb: SpokenAct['verb'], names: string, marks = ''): readonly Form[] =>
  names.split(',').map((name): Form => {
    const [base = '', ...done] = name.split(' ');
    return { verb, base, done, isLoose: marks.includes('loose'), isNoun: marks.includes('noun') };
  });

/** Base form and past participles of the verbs, by what they do. */
const FORMS: readonly Form[] = [
  ...form('send', 'send sent,submit submitted,publish published,notify notified'),
  ...form(
    'send',
    'email emailed,post posted,forward forwarded,invite invited,pay paid,transfer transferred',
    'noun',
  ),
  ...form('delete', 'delete deleted,cancel cancelled canceled'),
  ...form('delete', 'remove removed', 'loose'),
  ...form('write', 'reschedule rescheduled,buy bought,upload uploaded,rename renamed'),
  ...form(
    'write',
    'schedule scheduled,book booked,reserve reserved,purchase purchased,refund refunded',
    'noun',
  ),
  ...form('write', 'add added,append appended,create created,save saved,adjust adjusted', 'loose'),
  ...form('write', 'update updated,change changed,move moved,order ordered', 'loose noun'),
];
const ORDERED = new Map(FORMS.map((one) => [one.base, one]));
const DONE = new Map(FORMS.flatMap((one) => one.done.map((done) => [done, one] as const)));
const bases = [...ORDERED.keys()].join('|');
const dones = [...DONE.keys()].join('|');

const CLAIM = new RegExp(
  `\\bi(?:'ve| have| just)? (?:now |also |just |already |successfully |gone ahead and )*(${dones})\\b|\\b(?:has|have) (?:now )?been (?:successfully )(${dones})\\b`,
  'i',
);
const HEDGED =
  /\b(?:if|once|when|after|before|unless|would|could|should|not|n't|unable|cannot|already (?:been|sent|exists))\b/i;

const ORDER = new RegExp(
  `(?:^\\W{0,6}|\\b(?:and|then|please|also|(?:make|be) sure (?:to|you)|remember to|you to|you)[,:]? (?:also |then |please )?)(${bases})\\b`,
  'gi',
);
/** The instructions are somewhere else: in a file, a mail, a ticket. */
const DELEGATED =
  /\b(?:do|perform|carry out|follow|execute|complete|take care of) (?:all |all of )?(?:the|its|their|any) (?:actions?|instructions|tasks|to-?dos)\b(?! (?:below|above))/i;
/** A verb has an object; the noun of the same spelling has another word for its head. */
const HAS_OBJECT =
  /^ (?:the|an?|my|me|us|him|her|them|it|this|that|these|those|all|both|your|our|their|to|for|\d|\p{Lu}|["'$€£])/u;
/** "Order A-1001": the identifier of the noun before it. */
const IDENTIFIER =
  /^ (?:#|no\b|number\b|(?=[A-Z]{1,6}-?\d)[A-Z\d-]{2,20}\b|\d{3,20} (?:is|was|has|does|did)\b)/;
/** Things made of words, which the answer itself can make. */
const OF_TEXT =
  /\b(?:summar\w+|lists?|tables?|reports?|plans?|overview|drafts?|outlines?|itinerary|charts?|comparison|descriptions?|answers?|examples?|stor(?:y|ies)|poems?|essays?|articles?|code|functions?|scripts?|quer(?:y|ies)|text|sentences?|paragraphs?|titles?|names?|words?|numbers?|together|up|explanation|details|citations?)\b/i;
const HOW_TO =
  /\b(?:how (?:do|can|could|should|would|to)|what (?:happens|if)|why|should i|do i|did (?:you|i)|have you|explain|steps to|ways? to|is it possible)\b/i;
