import { finalize } from '../../numeric/random/random.ts';
import { fnv1a } from '../../text/hash.ts';
import { stem } from '../../text/stem.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { eachPhrase, phraseHashes, phraseWords } from './phrases.ts';
import type { Reading } from './reading.ts';
import { wordHashes } from './word-hashes.ts';

/** Words of a trace's sources that are looked at. */
const SOURCE_WORDS = 12_000;
const buffer = new Int32Array(SOURCE_WORDS);

/** How much of the answer is in its sources, and the phrases of the answer that are not from what it was given. */
export function addSourceFacts(reading: Reading): void {
  const { run, file } = reading;
  if (run.documents.length === 0 && file.facts.habits.withPassages > 0)
    reading.facts.add('no_passage');
  const { dialogue, sources } = reading;
  const { answer } = dialogue;
  if (answer === null) return;
  const said = phraseHashes(answer.text);
  let count = 0;
  for (const { text } of sources) count += wordHashes(text, buffer.subarray(count));
  if (sources.length > 0 && said.length > 0)
    addCoverage(reading, phraseWords(answer.text), new Set(buffer.subarray(0, count)));
  addPhrases(reading, said, count);
}

function addCoverage(
  { dialogue, facts }: Reading,
  said: readonly string[],
  known: ReadonlySet<number>,
): void {
  let words = 0;
  let found = 0;
  let numbers = 0;
  let numbersFound = 0;
  for (const word of said) {
    const isNumber = /^\d/.test(word);
    if (!isNumber && (word.length < 4 || isStopWord(word))) continue;
    const isKnown = known.has(fnv1a(word) | 0);
    if (isNumber) {
      numbers++;
      if (isKnown) numbersFound++;
    } else {
      words++;
      if (isKnown) found++;
    }
  }
  if (words >= 1) facts.quantity('in_sources', found / words, dialogue.answer);
  if (numbers >= 1) facts.quantity('numbers_in_sources', numbersFound / numbers, dialogue.answer);
}

/**
 * Short answers as the file's other answers are: taken word for word from a source. One that shares words with its
 * sources is a rewording; one that shares none may come from elsewhere and be right, so it says nothing.
 */
export function addVerbatimFacts({ dialogue, facts, sources, file }: Reading): void {
  const { answer } = dialogue;
  if (answer === null || answer.text.length > 200 || sources.length === 0) return;
  const wanted = answer.text
    .trim()
    .toLowerCase()
    .replace(/[.\s]+$/, '');
  if (wanted.length < 2 || /^(?:yes|no)\b|^[\d.,%$ ]+$/.test(wanted)) return;
  const isVerbatim = sources.some(({ text }) => text.toLowerCase().includes(wanted));
  facts.add(isVerbatim ? 'verbatim' : 'not_verbatim', undefined, answer);
  const { sourced, verbatim } = file.facts.habits;
  if (isVerbatim || sourced < 20 || verbatim * 3 < sourced * 2) return;
  const all = sources.map(({ text }) => text.toLowerCase()).join('\n');
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
  if (words.some((word) => all.includes(stem(word)))) facts.add('other_words', undefined, answer);
}

const MOST_PHRASES = 24;
const LEAST = 3;

/** Phrases that enough answers of the file share and that neither the request nor a source of this run holds. */
function addPhrases(
  { dialogue, facts, file }: Reading,
  said: Int32Array,
  sourceWords: number,
): void {
  const found: { hash: number; first: number; length: number }[] = [];
  eachPhrase(said, (hash, first, length) => {
    if (found.length < MOST_PHRASES * 4 && file.sharedBy(hash) > 0)
      found.push({ hash, first, length });
  });
  if (found.length === 0) return;
  const wanted = new Set<number>();
  for (const { first } of found) wanted.add(triple(said, first));
  const given = new Set<number>();
  markTriples(buffer, sourceWords, wanted, given);
  const { request } = dialogue;
  if (request !== null) {
    const text = request.text;
    const words = new Int32Array(Math.min(2_000, (text.length >> 1) + 1));
    markTriples(words, wordHashes(text, words), wanted, given);
  }
  const own = found.filter(({ first }) => !given.has(triple(said, first))).slice(0, MOST_PHRASES);
  if (own.length === 0) return;
  const text = phraseWords(dialogue.answer?.text ?? '');
  for (const { first, length } of own)
    facts.add('said', [text.slice(first, first + length).join(' ')], dialogue.answer, 0, 0);
}

const triple = (hashes: ArrayLike<number>, at: number): number =>
  finalize(Math.imul(Math.imul(hashes[at]!, 31) + hashes[at + 1]!, 31) + hashes[at + LEAST - 1]!);

function markTriples(
  words: Int32Array,
  count: number,
  wanted: ReadonlySet<number>,
  given: Set<number>,
): void {
  for (let at = 0; at + LEAST <= count; at++) {
    const hash = triple(words, at);
    if (wanted.has(hash)) given.add(hash);
  }
}
