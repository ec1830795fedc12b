import { fnv1a } from '../../text/hash.ts';
import { HashSet } from '../../text/hash-set.ts';
import { sentences } from '../../text/sentences.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { words } from '../../text/words.ts';
import { wordHashes } from '../facts/word-hashes.ts';
import type { Run } from '../run/run.ts';

const SOURCE_WORDS = 12_000;
const buffer = new Int32Array(SOURCE_WORDS);
const MOST_SENTENCES = 40;
const LEAST_WORDS = 3;

/** How well the sentences of the answer are covered by its sources and by the request: the least, the mean, and how many hardly are. */
export function sentenceFigures(run: Run): Readonly<Record<string, number>> {
  const answer = run.output.slice(0, 8_000);
  const said = sentences(answer, MOST_SENTENCES).map(({ text }) => contentOf(text));
  const figures: Record<string, number> = {
    sentences: Math.log1p(said.length),
    answer_digits: (answer.match(/\d/g)?.length ?? 0) / Math.max(1, answer.length),
    answer_names:
      (answer.match(/(?<=[a-z,;] )\p{Lu}\p{Ll}+/gu)?.length ?? 0) /
      Math.max(1, answer.length / 100),
  };
  const request = new HashSet(hashesOf([run.input.slice(0, 20_000)]));
  const all = said.flat();
  if (all.length > 0) figures['answer_in_request'] = shareIn(all, request);
  const { sources } = run;
  if (sources === null || sources.sources[0]?.path === '/input') return figures;
  const texts = sources.sources.map(({ text }) => text);
  figures['sources_length'] = Math.log1p(texts.reduce((sum, { length }) => sum + length, 0));
  const known = new HashSet(hashesOf(texts));
  const shares = said
    .filter(({ length }) => length >= LEAST_WORDS)
    .map((each) => shareIn(each, known));
  if (shares.length === 0) return figures;
  figures['least_sentence_in_sources'] = Math.min(...shares);
  figures['sentences_in_sources'] = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  figures['uncovered_sentences'] = shares.filter((share) => share < 0.5).length / shares.length;
  return figures;
}

const contentOf = (text: string): number[] =>
  words(text, 200)
    .filter((word) => !isStopWord(word) && word.length > 2)
    .map((word) => fnv1a(word) | 0);

const shareIn = (said: readonly number[], known: HashSet): number =>
  said.reduce((sum, word) => sum + Number(known.has(word)), 0) / said.length;

function hashesOf(texts: readonly string[]): Int32Array {
  let count = 0;
  for (const text of texts) count += wordHashes(text, buffer.subarray(count));
  return buffer.slice(0, count);
}
