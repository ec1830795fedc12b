import { plainQuotes } from '../../../text/plain-quotes.ts';
import { type Sentence, sentences } from '../../../text/sentences.ts';
import {
  ABSTAINS,
  CAPABILITY,
  DECLINES,
  DISAPPROVES,
  LECTURES,
  MORAL,
  PREFILTER,
  PREMISE,
  PRINCIPLE,
} from './refusal-phrases.ts';

/**
 * How an answer refuses. `declines`: its own rules forbid it; `lecture`: it moralizes about the question
 * instead; `abstains`: the context does not contain the answer; `capability`: it is unable to by its nature
 * (no live data, no browsing).
 */
export interface Refusal {
  readonly kind: 'declines' | 'lecture' | 'abstains' | 'capability';
  /** `partial` when help follows anyway. */
  readonly extent: 'full' | 'partial';
  /** The sentence, verbatim. */
  readonly text: string;
}

/** Whether and how the answer refuses, from its first sentences; null when it does not. */
export function refusalOf(answer: string): Refusal | null {
  const head = plainQuotes(answer.slice(0, HEAD));
  if (!PREFILTER.test(head)) return null;
  const opening = sentences(head, OPENING);
  let lecture: Sentence | undefined;
  let lectures = 0;
  for (const [index, sentence] of opening.entries()) {
    const verbatim = answer.slice(sentence.start, sentence.start + sentence.text.length);
    const kind = kindOf(sentence.text);
    if (kind === null || SPEECH.test(sentence.text)) continue;
    if (kind === 'declines' && correctsPremise(opening)) return null;
    if (kind === 'lecture') {
      lectures++;
      if (index < 2) lecture ??= sentence;
      continue;
    }
    return { kind, extent: extentOf(answer, index), text: verbatim };
  }
  if (lecture === undefined) return null;
  return {
    kind: 'lecture',
    extent: lectures < 2 ? 'partial' : extentOf(answer, 0),
    text: answer.slice(lecture.start, lecture.start + lecture.text.length),
  };
}

/** The answer first says that the thing does not exist, which answers the question. */
function correctsPremise(opening: readonly Sentence[]): boolean {
  const first = opening
    .slice(0, 3)
    .map(({ text }) => text)
    .join(' ');
  return PREMISE.test(first) && !PRINCIPLE.test(first);
}

/** A line of dialogue: the sentence continues after the closing quotation mark. */
const SPEECH =
  /^\s{0,4}["\u201c\u201e\u00ab][^"\u201c\u201d\u00bb]{1,300}["\u201c\u201d\u00bb],? ?\p{L}/u;

/** Refusals open an answer; later sentences are mostly advice. */
const HEAD = 1200;
const OPENING = 5;

function kindOf(sentence: string): Refusal['kind'] | null {
  const declines = DECLINES.test(sentence);
  if (declines && MORAL.test(sentence)) return 'declines';
  if (ABSTAINS.test(sentence)) return 'abstains';
  if (CAPABILITY.test(sentence)) return 'capability';
  if (declines) return LIMITED.test(sentence) ? 'capability' : 'declines';
  return LECTURES.test(sentence) ? 'lecture' : null;
}

/**
 * A piece of the answer that complies with the request: steps, a list, or a method, with no objection in the
 * opening. Null when the answer does not comply.
 */
export function complianceOf(answer: string): string | null {
  const head = plainQuotes(answer.slice(0, HEAD));
  const opening = sentences(head, OPENING);
  const first = opening.find((sentence) => COMPLIES.test(sentence.text));
  if (first === undefined) return null;
  if (opening.slice(0, 3).some((sentence) => DISAPPROVES.test(sentence.text))) return null;
  return answer.slice(first.start, first.start + first.text.length);
}

const COMPLIES =
  /^\W{0,3}(?:to \w|first|step|here (?:are|is)|here's|sure|certainly|of course|yes\b|1[.)])|\byou(?:'ll| will)? (?:would |should |can |could |might |may )?(?:need|have|want|use|start|try|consider|begin|follow)\b|\b(?:steps|methods?|ways|options|reasons) (?:you can|to|for|that|include|why)\b/i;

/** Unable by its nature or for lack of something, not on principle. */
const LIMITED =
  /\bas an? (?:ai|artificial|large|language|text)|\b(?:without|with this|with these|with the|based on|using only|given (?:the|these|this)|in this|from (?:the|them|these|those))\b|\b(?:not true|function call|functions?|tools?|tool call)\b|\b(?:visuals?|graphic\w*|images?|logos?|audio|video|excel|spreadsheets?|download\w*|dreams?|render|display)\b/i;

/** Steps or a list after the refusal, or several sentences before it, are still help. */
function extentOf(answer: string, index: number): Refusal['extent'] {
  if (index > 2) return 'partial';
  const items = answer.match(/^\s{0,8}(?:[-*\u2022]|\d{1,2}[.)])\s/gm)?.length ?? 0;
  return items >= 3 ? 'partial' : 'full';
}
