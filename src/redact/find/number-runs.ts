import { isWordAt } from './found.ts';

export interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the group before; '' for the first of a run. */
  readonly before: string;
}

/** What may stand between the parts of one number. */
const SEPARATORS = /^[ \u00a0().\-/\u2010-\u2013]{1,3}$/;
const GROUP = /\d{1,60}/g;

/** Groups of digits that may belong together, in runs. A group inside a word is in none. */
export function* numberRuns(text: string): Generator<readonly DigitGroup[]> {
  let run: DigitGroup[] = [];
  for (const { 0: digits, index: start } of text.matchAll(GROUP)) {
    const end = start + digits.length;
    const last = run.at(-1);
    const before = last === undefined ? '' : text.slice(last.end, start);
    const goesOn = before.length <= 3 && SEPARATORS.test(before);
    if (!goesOn && run.length > 0) {
      yield run;
      run = [];
    }
    if (isWordAt(text, start - 1) || isWordAt(text, end)) {
      if (run.length > 0) yield run;
      run = [];
    } else run.push({ digits, start, end, before: goesOn ? before : '' });
  }
  if (run.length > 0) yield run;
}

/** The digits of some groups together. */
export const digitsOf = (groups: readonly DigitGroup[]): string =>
  groups.map(({ digits }) => digits).join('');
