import type { Failure } from '../../contract/failure.ts';
import type { Trace } from '../../contract/trace.ts';
import { headAndTail } from '../head-and-tail.ts';
import { words } from '../lexical/words.ts';

/** UTF-16 units that are read of each text, and of all that was given together. */
const TEXT_LIMIT = 20_000;
const GIVEN_LIMIT = 60_000;

/**
 * What the application said in words of its own: of its output the words, in order, that stand neither in the
 * request nor in what it was given (system prompt, tool results, documents). The topic goes with those; what is
 * left is how it answered: refusing, hedging, promising, wrapping a call in prose. Words with digits are left out.
 */
export function phrasing({ trace }: Failure): string {
  if (trace.output === '') return '';
  const given = new Set(givenTexts(trace).flatMap(words));
  return words(headAndTail(trace.output, TEXT_LIMIT))
    .filter((word) => !given.has(word) && !DIGIT.test(word))
    .join(' ');
}

const DIGIT = /\p{N}/u;

function givenTexts({ input, messages, documents }: Trace): string[] {
  const texts = [
    input,
    ...messages.filter(({ role }) => role !== 'assistant').map(({ content }) => content),
    ...documents.map(({ content }) => content),
  ];
  let left = GIVEN_LIMIT;
  return texts.map((text) => {
    const read = left === 0 ? '' : headAndTail(text, Math.min(left, TEXT_LIMIT));
    left = Math.max(0, left - read.length);
    return read;
  });
}
