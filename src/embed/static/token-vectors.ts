import { fnv1a } from '../../text/hash.ts';
import type { StaticModel } from './model-file.ts';
import { wordpiece } from './wordpiece.ts';

export type EmbedText = (text: string, out: Float32Array, at: number) => void;

/** Length of the hashed vector of an unknown word, about that of a rare token. */
const UNKNOWN_LENGTH_TOKENS = 1;

/**
 * Embeds a text as the sum of its tokens' vectors, each times 1 + ln(occurrences). An unknown word gets
 * a direction from its hash, so that equal unknown words agree. Not normalized; texts without a token stay 0.
 */
export function tokenVectors(model: StaticModel): EmbedText {
  const { dimensions, matrix, scales } = model;
  const tokenize = wordpiece(model.vocabulary);
  const tally = new Int32Array(scales.length);
  let seen = new Int32Array(1024);
  const sum = new Float64Array(dimensions);
  const unknownLength = UNKNOWN_LENGTH_TOKENS * typicalLength(model);

  return (text, out, at) => {
    const unknown = new Map<string, number>();
    let distinct = 0;
    tokenize(text, (word, tokens) => {
      if (tokens.length === 0) unknown.set(word, (unknown.get(word) ?? 0) + 1);
      for (const token of tokens) {
        if (tally[token] === 0) {
          if (distinct === seen.length) seen = larger(seen);
          seen[distinct++] = token;
        }
        tally[token]! += 1;
      }
    });
    sum.fill(0);
    for (let i = 0; i < distinct; i++) {
      const token = seen[i]!;
      const factor = scales[token]! * damped(tally[token]!);
      const row = token * dimensions;
      for (let j = 0; j < dimensions; j++) sum[j]! += factor * matrix[row + j]!;
      tally[token] = 0;
    }
    for (const [word, count] of unknown) addHashed(word, unknownLength * damped(count), sum);
    out.set(sum, at);
  };
}

const damped = (count: number): number => 1 + Math.log(count);

function larger(values: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(values.length * 2);
  more.set(values);
  return more;
}

/** Mean row length of the model, over every hundredth token. */
function typicalLength({ scales, matrix, dimensions }: StaticModel): number {
  let sum = 0;
  let rows = 0;
  for (let token = 0; token < scales.length; token += 100) {
    if (scales[token] === 0) continue;
    let squares = 0;
    for (let j = 0; j < dimensions; j++) squares += matrix[token * dimensions + j]! ** 2;
    sum += scales[token]! * Math.sqrt(squares);
    rows++;
  }
  return rows === 0 ? 1 : sum / rows;
}

function addHashed(word: string, length: number, sum: Float64Array): void {
  let state = fnv1a(word) | 0;
  const step = length / Math.sqrt(sum.length);
  for (let j = 0; j < sum.length; j++) {
    state = (state + 0x9e3779b9) | 0;
    let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    sum[j]! += bits < 0 ? step : -step;
  }
}
