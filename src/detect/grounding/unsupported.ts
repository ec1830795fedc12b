import { type CalendarDate, dates, sameDate } from '../text/dates.ts';
import { entities } from '../text/entities.ts';
import { type Quantity, quantities } from '../text/numbers.ts';
import { plainQuotes } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import { isStopWord, stem, words } from '../text/words.ts';
import type { Context } from './context.ts';

/** A piece of the answer that the context does not bear out. */
export interface Unsupported {
  readonly kind:
    | 'citation-out-of-range'
    | 'quote-not-in-context'
    | 'number-not-in-context'
    | 'date-not-in-context'
    | 'name-not-in-context'
    | 'negation'
    | 'low-coverage';
  /** Verbatim, from the answer. */
  readonly text: string;
}

/**
 * Everything in the answer that the context does not bear out, surest kinds first. Where the answer may
 * bring knowledge of its own (not strict) only what claims to be from the context is checked: quotes and
 * citations. Reasoning and arithmetic over right figures are beyond it.
 */
export function unsupported(answer: string, context: Context): readonly Unsupported[] {
  const text = answer.slice(0, ANSWER_LIMIT);
  const source = context.sources.map((one) => one.text).join('\n');
  const known = context.said === '' ? source : `${source}\n${context.said}`;
  const sure = [...citations(text, context), ...quotes(text, known)];
  if (!context.strict) return sure;
  return [
    ...sure,
    ...numbers(text, known),
    ...days(text, known),
    ...negations(text, source),
    ...coverage(text, known),
  ];
}

const ANSWER_LIMIT = 20_000;

/** `[7]` where four documents were retrieved. */
function citations(text: string, context: Context): readonly Unsupported[] {
  if (context.kind !== 'documents') return [];
  const count = context.sources.length;
  return [...text.matchAll(/(?<![\w\])])\[(\d{1,3})\](?![\w(])/g)]
    .filter((match) => Number(match[1]) > count)
    .slice(0, 5)
    .map((match) => ({ kind: 'citation-out-of-range', text: match[0] }));
}

/** Words in quotation marks claim to be verbatim; four or more words, compared without case and punctuation. */
function quotes(text: string, known: string): readonly Unsupported[] {
  const marked = [...plainQuotes(text).matchAll(/(?<!\w)"([^"\n]{20,400})"(?!\w)/g)].filter(
    (match) => words(match[1] ?? '').length >= 4 && !isJsonString(text, match),
  );
  if (marked.length === 0) return [];
  const haystack = bare(known);
  return marked
    .filter(
      (match) =>
        !(match[1] ?? '')
          .split(/\.{3}|\u2026|\[[^\]]{0,40}\]/)
          .every((part) => haystack.includes(bare(part))),
    )
    .map((match) => ({
      kind: 'quote-not-in-context',
      text: text.slice(match.index + 1, match.index + 1 + (match[1]?.length ?? 0)),
    }));
}

/** A string between `:`, `[` or `,` and `,`, `]` or `}` is data, not a quotation. */
const isJsonString = (text: string, match: RegExpMatchArray): boolean =>
  /[:{[,]\s{0,20}$/.test(text.slice(Math.max(0, (match.index ?? 0) - 21), match.index)) &&
  /^\s{0,20}[,}\]:]/.test(text.slice((match.index ?? 0) + match[0].length).slice(0, 21));

const bare = (text: string): string => words(text, 100_000).join(' ');

/**
 * Numbers in digits that neither occur in the context, rounded or in another scale, nor follow from two
 * numbers of context and answer by one step of arithmetic. Numbers up to 10 are mostly counts.
 */
function numbers(text: string, known: string): readonly Unsupported[] {
  const days = dates(text);
  const claimed = quantities(text).filter(
    (one) => /\d/.test(one.text) && one.value > 10 && !days.some((date) => isInside(one, date)),
  );
  if (claimed.length === 0) return [];
  const given = quantities(known, 5000);
  const values = Float64Array.from(given, (one) => one.value).sort();
  const missing = claimed.filter((one) => !occurs(one, values));
  if (missing.length === 0) return [];
  const operands = operandsOf(given, claimed);
  return missing
    .filter((one) => one.kind === 'year' || !follows(one, operands))
    .map((one) => ({ kind: 'number-not-in-context', text: one.text }));
}

/** The parts of a date are judged together. */
const isInside = (one: Quantity, date: CalendarDate): boolean =>
  date.day !== null && one.start >= date.start && one.start < date.start + date.text.length;

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

function days(text: string, known: string): readonly Unsupported[] {
  const claimed = dates(text);
  if (claimed.length === 0) return [];
  const given = dates(known, 2000);
  if (given.length === 0) return [];
  return claimed
    .filter((date) => date.day !== null && !given.some((one) => sameDate(one, date)))
    .map((date) => ({ kind: 'date-not-in-context', text: date.text }));
}

/** A sentence that says nearly what a source sentence says, but one of them denies it. */
function negations(text: string, source: string): readonly Unsupported[] {
  const given = sentences(source, 400).map((sentence) => ({ ...contentOf(sentence.text) }));
  const found: Unsupported[] = [];
  for (const sentence of sentences(text, 60)) {
    const claim = contentOf(sentence.text);
    if (claim.words.size < 5) continue;
    let best = 0;
    let denied = claim.denied;
    for (const one of given) {
      let shared = 0;
      for (const word of claim.words) if (one.words.has(word)) shared++;
      const overlap = shared / Math.min(claim.words.size, Math.max(one.words.size, 5));
      if (overlap > best || (overlap === best && one.denied === claim.denied)) {
        best = overlap;
        denied = one.denied;
      }
    }
    if (best >= 0.75 && denied !== claim.denied)
      found.push({ kind: 'negation', text: sentence.text });
  }
  return found;
}

function contentOf(sentence: string): { words: ReadonlySet<string>; denied: boolean } {
  const all = words(sentence);
  return {
    words: new Set(
      all.filter((word) => !isStopWord(word) && !DENIALS.has(word) && word !== "'s").map(stem),
    ),
    denied: all.some((word) => DENIALS.has(word) || word.endsWith("n't")),
  };
}
const DENIALS: ReadonlySet<string> = new Set(
  'not,no,never,none,nobody,nothing,neither,nor,without,cannot,denied,denies,refused,failed,unable,lacks'.split(
    ',',
  ),
);

/** Two names or more that the context lacks, and sentences hardly any of whose words are. */
function coverage(text: string, known: string): readonly Unsupported[] {
  const vocabulary = new Set<string>();
  for (const word of words(known, 60_000)) vocabulary.add(stem(word));
  const found: Unsupported[] = [];
  const strangers = new Map<string, string>();
  for (const name of entities(text)) {
    const parts = words(name.text).filter((word) => !isStopWord(word));
    const missing = parts.find((word) => !vocabulary.has(stem(word)) && !/^\d+$/.test(word));
    if (missing !== undefined && !strangers.has(missing)) strangers.set(missing, name.text);
  }
  // One name can be common knowledge (the country of a city); two hardly are.
  if (strangers.size >= 2) {
    for (const name of strangers.values()) found.push({ kind: 'name-not-in-context', text: name });
  }
  let all = 0;
  let covered = 0;
  let worst: { text: string; share: number } | undefined;
  for (const sentence of sentences(text)) {
    const content = words(sentence.text)
      .filter((word) => !isStopWord(word) && word !== "'s")
      .map(stem);
    if (content.length < 4) continue;
    const hits = content.filter((word) => vocabulary.has(word)).length;
    all += content.length;
    covered += hits;
    const share = hits / content.length;
    if (worst === undefined || share < worst.share) worst = { text: sentence.text, share };
  }
  if (worst !== undefined && all >= 15 && covered / all < LEAST_COVERAGE) {
    found.push({ kind: 'low-coverage', text: worst.text });
  }
  return found;
}

/** Share of content words of an answer that occur in its context; summaries of people keep above 0.8. */
const LEAST_COVERAGE = 0.75;
