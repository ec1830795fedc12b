import type { Outcome } from '../../contract/file-model.ts';
import type { Score, Trace } from '../../contract/trace.ts';
import { labelMeaning } from '../../text/score-labels.ts';
import { isFeedbackName, knownScore } from '../../text/score-names.ts';
import type { Dialogue } from '../facts/dialogue.ts';
import type { Run } from '../run/run.ts';
import type { DialogueSummary } from './dialogue-summary.ts';
import { KeptNames, type KeptState } from './kept-names.ts';

const MOST_NAMES = 64;
const MOST_VALUES = 24;

type Judge = Score['annotator'];

interface Seen {
  judge: Judge;
  /** Traces by value; null once there are too many values to be a verdict in words. */
  words: Map<string, number> | null;
  /** Traces by value between 0 and 1, in hundredths. */
  readonly shares: Uint32Array;
  numbers: number;
  least: number;
  most: number;
}

export interface OutcomesState {
  readonly scores: KeptState<Seen>;
  readonly fields: KeptState<Seen>;
}

/**
 * Finds what in the input says whether a trace failed: scores of any name, feedback, columns of pass and
 * fail words, labels of people. Those of people come first, then code, then models.
 */
export class Outcomes implements DialogueSummary<OutcomesState, readonly Outcome[]> {
  readonly #scores = new KeptNames<Seen>(MOST_NAMES);
  readonly #fields = new KeptNames<Seen>(MOST_NAMES);

  readonly add = ({ trace }: Run, _dialogue: Dialogue): void => {
    for (const { name, value, label, annotator } of trace.scores) {
      const seen = this.#scores.of(name, nothingSeen);
      if (seen === undefined) continue;
      seen.judge = surer(seen.judge, annotator);
      note(seen, value, label);
    }
    for (const [name, value] of Object.entries(trace.metadata)) {
      if (typeof value !== 'string' || value.length > 40) continue;
      const seen = this.#fields.of(name, nothingSeen);
      if (seen !== undefined) note(seen, null, value);
    }
  };

  readonly state = (): OutcomesState => ({
    scores: this.#scores.state(),
    fields: this.#fields.state(),
  });

  readonly merge = ({ scores, fields }: OutcomesState): void => {
    this.#scores.merge(scores, nothingSeen, addSeen);
    this.#fields.merge(fields, nothingSeen, addSeen);
  };

  readonly freeze = (): readonly Outcome[] =>
    [
      ...this.#scores.entries().map(([name, seen]) => outcomeOf('score', name, seen)),
      ...this.#fields.entries().map(([name, seen]) => outcomeOf('field', name, seen)),
    ]
      .filter((outcome) => outcome !== null)
      .sort((a, b) => worth(b) - worth(a) || (a.name < b.name ? -1 : 1));
}

/** Whether a trace failed by an outcome of its input; null where it has no such value. */
export function failedBy(outcome: Outcome, trace: Trace): boolean | null {
  const { fails, name } = outcome;
  if (fails === null) return null;
  if (outcome.from === 'field') {
    const value = trace.metadata[name];
    return typeof value === 'string' ? fallsUnder(fails, null, value) : null;
  }
  const scores = trace.scores.filter((score) => score.name === name);
  const verdicts = scores.map(({ value, label }) => fallsUnder(fails, value, label));
  return verdicts.includes(true) ? true : verdicts.includes(false) ? false : null;
}

function fallsUnder(
  fails: NonNullable<Outcome['fails']>,
  value: number | null,
  label: string | null,
): boolean | null {
  if ('words' in fails) {
    if (label === null || labelMeaning(label) === undefined) return null;
    return fails.words.includes(wordOf(label));
  }
  if (value === null) return null;
  return 'below' in fails ? value < fails.below : value > fails.above;
}

function note(seen: Seen, value: number | null, label: string | null): void {
  if (value !== null) {
    seen.numbers++;
    seen.least = Math.min(seen.least, value);
    seen.most = Math.max(seen.most, value);
    if (value >= 0 && value <= 1) seen.shares[Math.round(value * 100)]!++;
  }
  if (label === null || seen.words === null) return;
  const word = wordOf(label);
  seen.words.set(word, (seen.words.get(word) ?? 0) + 1);
  if (seen.words.size > MOST_VALUES) seen.words = null;
}

const wordOf = (label: string): string => label.slice(0, 40).trim().toLowerCase();

function outcomeOf(from: Outcome['from'], name: string, seen: Seen): Outcome | null {
  const base = { from, name, judge: from === 'field' ? ('unknown' as const) : seen.judge };
  if (seen.words !== null && seen.words.size > 0) {
    const words = [...seen.words];
    const bad = words.filter(([word]) => isBad(word, name));
    const good = words.filter(([word]) => labelMeaning(word) !== undefined && !isBad(word, name));
    const isVerdict = from === 'score' || VERDICT_NAME.test(name) || words.every(isPlainVerdict);
    if (!isVerdict) return null;
    // People complain more often than they praise: feedback may be negative wherever it is given.
    if (bad.length > 0 && (good.length > 0 || isFeedbackName(name))) {
      const fails = { words: bad.map(([word]) => word).sort() };
      return { ...base, fails, failed: total(bad), passed: total(good) };
    }
  }
  if (from === 'field' || seen.numbers === 0) return null;
  const known = knownScore(name);
  const isShare = seen.least >= 0 && seen.most <= 1;
  if (!isShare || (seen.least === seen.most && known === undefined))
    return { ...base, fails: null, failed: 0, passed: seen.numbers };
  const isBinary = seen.shares[0]! + seen.shares[100]! === seen.numbers;
  if (known === undefined && !isBinary && !isFeedbackName(name))
    return { ...base, fails: null, failed: 0, passed: seen.numbers };
  const isLow = known?.good === 'low' || BAD_NAME.test(name);
  const threshold = known?.threshold ?? 0.5;
  let below = 0;
  for (let share = 0; share < threshold * 100; share++) below += seen.shares[share]!;
  return isLow
    ? { ...base, fails: { above: threshold }, failed: seen.numbers - below, passed: below }
    : { ...base, fails: { below: threshold }, failed: below, passed: seen.numbers - below };
}

/** Columns whose yes or no is about the run as a whole. */
const VERDICT_NAME =
  /(?:^|[._-])(?:(?:is|was|has)[._-])?(?:pass(?:ed)?|fail(?:ed|ure)?|success(?:ful)?|succeeded|correct|incorrect|solved|resolved|completed?|accepted|outcome|verdict|judge?ment|label|grade|evaluation|ok)$/i;

/** Pass and fail in words that need no name beside them. */
const isPlainVerdict = ([word]: readonly [string, number]): boolean =>
  /^(?:pass(?:ed)?|fail(?:ed)?|success(?:ful)?|failure|correct|incorrect|resolved|unresolved)$/.test(
    word,
  );

/** A score that is 1 where something went wrong. */
const BAD_NAME = /(?:fail|error|violat|hallucinat|toxic|incorrect|wrong|bug|issue|is_bad)/i;

function isBad(word: string, name: string): boolean {
  const meaning = labelMeaning(word);
  if (meaning === 'good' || meaning === 'bad') return meaning === 'bad';
  return meaning === (BAD_NAME.test(name) ? 'true' : 'false');
}

const total = (words: readonly (readonly [string, number])[]): number =>
  words.reduce((sum, [, traces]) => sum + traces, 0);

/** People first, then code, then models; an outcome without a direction last, and one that all traces share. */
const worth = ({ judge, fails, failed, passed }: Outcome): number =>
  (fails === null || failed === 0 || passed === 0 ? 0 : 10) + TRUST[judge];

const TRUST = { human: 4, code: 3, unknown: 2, model: 1 } as const;

/** Of two judges of one score the surer one; one that is not known gives way to any. */
const surer = (a: Judge, b: Judge): Judge =>
  a === 'unknown' ? b : b === 'unknown' || TRUST[a] >= TRUST[b] ? a : b;

function addSeen(own: Seen, seen: Seen): void {
  own.judge = surer(own.judge, seen.judge);
  own.numbers += seen.numbers;
  own.least = Math.min(own.least, seen.least);
  own.most = Math.max(own.most, seen.most);
  for (const [share, count] of seen.shares.entries()) own.shares[share]! += count;
  if (seen.words === null) own.words = null;
  for (const [word, count] of seen.words ?? []) {
    own.words?.set(word, (own.words.get(word) ?? 0) + count);
    if (own.words !== null && own.words.size > MOST_VALUES) own.words = null;
  }
}

const nothingSeen = (): Seen => ({
  judge: 'unknown',
  words: new Map(),
  shares: new Uint32Array(101),
  numbers: 0,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
});
