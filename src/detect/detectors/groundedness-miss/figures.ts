import { type CalendarDate, dates, sameDate } from '../../../text/dates.ts';
import { type Quantity, quantities } from '../../../text/numbers.ts';
import type { Sentence } from '../../../text/sentences.ts';
import { closestSentence, contentWords, type SourceSentences } from './source-sentences.ts';
import type { UnsupportedClaim } from './unsupported-claim.ts';

/**
 * Numbers in digits that neither occur in the context, rounded or in another scale, nor follow from two
 * numbers of context and answer by one step of arithmetic, and pairs (scores, ranges: `38-26`) that the
 * context does not hold together. Numbers up to 10 are mostly counts.
 */
export function numbers(
  text: string,
  known: string,
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly UnsupportedClaim[] {
  const days = dates(text);
  const claimed = quantities(text).filter(
    (one) => /\d/.test(one.text) && one.value > 10 && !days.some((date) => isInside(one, date)),
  );
  const missing = claimed.length === 0 ? [] : missingOf(claimed, quantities(known, 5000));
  return [...missing, ...pairs(text, known)].map((one) => classify('number', one, claims, source));
}

/** Days that no date of the context can be, where it gives any. */
export function days(
  text: string,
  known: string,
  claims: readonly Sentence[],
  source: SourceSentences,
): readonly UnsupportedClaim[] {
  const claimed = dates(text);
  if (claimed.length === 0) return [];
  const given = dates(known, 2000);
  if (given.length === 0) return [];
  return claimed
    .filter((date) => date.day !== null && !given.some((one) => sameDate(one, date)))
    .map((date) => classify('date', date, claims, source));
}

interface Place {
  readonly text: string;
  readonly start: number;
}

/** Changed where a sentence of the source says the same with another figure, else absent from it. */
function classify(
  figure: 'number' | 'date',
  { text, start }: Place,
  claims: readonly Sentence[],
  source: SourceSentences,
): UnsupportedClaim {
  const claim = claims.findLast((sentence) => sentence.start <= start);
  const words = new Set(contentWords(claim?.text ?? '').filter((word) => !/^\d/.test(word)));
  const { at, hits } = closestSentence(words, source);
  const closest = source.texts[at] ?? null;
  const holds =
    closest !== null && (figure === 'date' ? dates(closest).length > 0 : DIGIT.test(closest));
  return holds && words.size >= 3 && hits >= SAME_CONTEXT * words.size
    ? { kind: `${figure} changed`, text, closest }
    : { kind: `${figure} not in context`, text, closest: null };
}

const DIGIT = /\d/;
/** Share of a claim's words that the sentence with the other figure must hold. */
const SAME_CONTEXT = 0.5;

/** The parts of a date are judged together. */
const isInside = (one: Quantity, date: CalendarDate): boolean =>
  date.day !== null && one.start >= date.start && one.start < date.start + date.text.length;

function missingOf(claimed: readonly Quantity[], given: readonly Quantity[]): readonly Quantity[] {
  const values = Float64Array.from(given, (one) => one.value).sort();
  const missing = claimed.filter((one) => !occurs(one, values));
  if (missing.length === 0) return [];
  const operands = operandsOf(given, claimed);
  return missing.filter((one) => one.kind === 'year' || !follows(one, operands));
}

/** Years are left out: spans of them are put together freely. */
function pairs(text: string, known: string): readonly Place[] {
  const claimed = [...text.matchAll(PAIR)].slice(0, MOST_PAIRS);
  if (claimed.length === 0) return [];
  const given = new Set(known.matchAll(TOGETHER).map(([, first, second]) => `${first}-${second}`));
  return claimed
    .filter(([, first, second]) => !given.has(`${first}-${second}`))
    .map((match) => ({ text: match[0], start: match.index }));
}

const MOST_PAIRS = 40;
const TOGETHER = /(?<!\d)(\d{1,3})(?=(?:\.0{1,20})?\s?(?:[-\u2013:/]|to|and)\s?(\d{1,3})(?!\d))/g;
const PAIR = /(?<![\w.,/-])(\d{1,3})[-\u2013](\d{1,3})(?![\w.,/-]?\d|\w|-)/g;

const SCALES = [1, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9, 100, 0.01];

function occurs(claim: Quantity, values: Float64Array): boolean {
  if (claim.kind === 'year') return near(values, claim.value, 0.001);
  return SCALES.some((scale) =>
    near(values, claim.value * scale, (claim.tolerance + 1e-9) * scale * 1.01),
  );
}

/** Whether a sorted list holds a value within `tolerance`. */
function near(sorted: Float64Array, value: number, tolerance: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value - tolerance) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && (sorted[low] ?? 0) <= value + tolerance;
}

/** Most distinct numbers combined in pairs: 150² divisions are 0.1 ms. */
const MOST_OPERANDS = 150;

const operandsOf = (given: readonly Quantity[], claimed: readonly Quantity[]): readonly number[] =>
  [...new Set([...claimed, ...given].map((one) => one.value))]
    .filter((value) => value !== 0)
    .slice(0, MOST_OPERANDS);

function follows(claim: Quantity, operands: readonly number[]): boolean {
  const target = claim.value;
  const tolerance = Math.max(claim.tolerance * 1.01, Math.abs(target) * 1e-4);
  const hit = (value: number): boolean =>
    Math.abs(Math.abs(value) - target) <= tolerance ||
    Math.abs(Math.abs(value) * 100 - target) <= tolerance;
  for (let i = 0; i < operands.length; i++) {
    const a = operands[i] ?? 0;
    for (let j = 0; j < operands.length; j++) {
      if (i === j) continue;
      const b = operands[j] ?? 0;
      if (a === target || b === target) continue;
      if (hit(a - b) || hit(a + b) || hit(a / b) || hit((a - b) / b) || hit(a * b)) return true;
      if (hit((a + b) / 2)) return true;
    }
  }
  return false;
}
