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
  missing: 'not attempted',
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

/** A generated sentence in what it claims, and the figures behind it. */
export function claimOf(text: string): { readonly claim: string; readonly figures: string } {
  const sentence = sentenceOf(text);
  const at = sentence.search(/[(:]/);
  if (at < 0 || sentence.length < 90) return { claim: sentence, figures: '' };
  return { claim: sentence.slice(0, at).trim(), figures: sentence.slice(at).replace(/^: /, '') };
}

/** What a target is called in a sentence. */
export const versionName = (
  target: { readonly version: string | null; readonly spec: string } | null,
  otherwise: string,
): string => target?.version ?? (target === null ? otherwise : otherwise);
