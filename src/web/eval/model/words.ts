import type { CaseVerdict, JudgedCase, RoleCount, RunVerdict } from '../../../contract/verdict.ts';
import { percent, percentRange } from '../../../text/format.ts';

export type Kind = 'pass' | 'fail' | 'unsure';

export const VERDICTS: Readonly<
  Record<RunVerdict, { readonly word: string; readonly kind: Kind }>
> = {
  pass: { word: 'Pass', kind: 'pass' },
  improved: { word: 'Improved', kind: 'pass' },
  fail: { word: 'Fail', kind: 'fail' },
  regressed: { word: 'Regressed', kind: 'fail' },
  relocated: { word: 'Relocated', kind: 'fail' },
  no_evidence: { word: 'No evidence', kind: 'unsure' },
  incomplete: { word: 'Incomplete', kind: 'unsure' },
  infrastructure: { word: 'Infrastructure', kind: 'unsure' },
};

export const CASE_WORDS: Readonly<Record<CaseVerdict, string>> = {
  pass: 'passes',
  flaky: 'flaky',
  fail: 'fails',
  error: 'error',
  inconclusive: 'cannot tell',
  broken: 'broken',
  missing: 'attempts missing',
};

export const kindOf = (verdict: CaseVerdict): Kind =>
  verdict === 'pass' ? 'pass' : verdict === 'fail' ? 'fail' : 'unsure';

/** `at least 44%`, `at most 56%`, `12–77%`. */
export const boundOf = ({ passed, cases, interval }: RoleCount): string =>
  cases === 0
    ? ''
    : passed === cases
      ? `at least ${percent(interval[0])}`
      : passed === 0
        ? `at most ${percent(interval[1])}`
        : percentRange(interval);

/** `fails`, `passes 2 of 5`. */
export const saidOf = ({ verdict, rate, attempts }: JudgedCase): string =>
  verdict === 'flaky' && rate !== null
    ? `passes ${Math.round(rate * attempts)} of ${attempts}`
    : CASE_WORDS[verdict];

/** A sentence without the id of its cause, with a capital. */
export const sentenceOf = (text: string): string => {
  const bare = text.replace(/^c-[0-9a-f]{8}: /, '');
  return `${bare.slice(0, 1).toUpperCase()}${bare.slice(1)}`;
};

/**
 * A generated sentence in what it claims, and the figures or names behind it: `The slice rose: 0% to 100%` and
 * `30 better, 0 worse, …; 3 of 3 guards pass`.
 */
export function claimOf(text: string): { readonly claim: string; readonly figures: string } {
  const sentence = sentenceOf(text);
  const [, measured, inside, after] = /^([^(]*: [^(]*) \(([^)]*)\)(.*)$/s.exec(sentence) ?? [];
  if (measured !== undefined) return { claim: measured, figures: `${inside}${after}` };
  const [, said, names] = /^(.*?): (\S*\d\S*(?:,| and |$).*)$/s.exec(sentence) ?? [];
  return said === undefined || names === undefined
    ? { claim: sentence, figures: '' }
    : { claim: said, figures: names };
}
