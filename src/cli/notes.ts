import type { Analysis } from '../contract/analysis.ts';
import { count, dollars, plural } from '../text/format.ts';
import { plain, shorten } from './plain.ts';
import { style } from './style.ts';

/** Problems of the run and what was left out: lines under the funnel. */
export const notes = (analysis: Analysis): string[] => [
  ...problems(analysis),
  ...suspects(analysis),
  ...judging(analysis),
  ...dropped(analysis),
  ...detectorErrors(analysis),
  ...gaps(analysis),
];

const WIDTH = 160;

function problems({ problems, problemCount }: Analysis): string[] {
  const [first] = problems;
  if (first === undefined) return [];
  const where = first.line === null ? first.file : `${first.file}:${first.line}`;
  const what = first.message.startsWith(first.file) ? first.message : `${where}: ${first.message}`;
  return [warning(`${plural(problemCount, 'record')} could not be used; first: ${what}`)];
}

function suspects({ suspects: { count: all, byCategory } }: Analysis): string[] {
  if (all === 0) return [];
  const which = byCategory.slice(0, 4).map(({ category, count: of }) => `${category} ${count(of)}`);
  const rest = byCategory.length > 4 ? ', …' : '';
  return [
    style('dim', `${plural(all, 'suspect')}, not counted as failed: ${which.join(', ')}${rest}`),
  ];
}

function judging({ judging }: Analysis): string[] {
  if (judging === null) return [];
  const { judge, checks, failures, passing, found, unanswered, cost } = judging;
  const parts = [
    `${judge} judged ${plural(failures, 'failure')} and ${plural(passing, 'passing trace')} by ${plural(checks.length, 'check')}`,
    ...(found > 0
      ? [`${count(found)} of the passing traces had failed; each stands for others like it`]
      : []),
    ...(unanswered > 0 ? [`${plural(unanswered, 'answer')} missing`] : []),
    cost === null ? 'cost unknown' : dollars(cost),
  ];
  return [style('dim', plain(parts.join('; ')))];
}

/** A finding whose quote is not in the trace does not count. */
function dropped({ detectors }: Analysis): string[] {
  const wrong = detectors.filter(({ unverified }) => unverified > 0);
  if (wrong.length === 0) return [];
  const total = wrong.reduce((sum, { unverified }) => sum + unverified, 0);
  const whose = wrong.map(({ id, unverified }) => `${id} ${count(unverified)}`);
  return [
    warning(
      `${plural(total, 'finding')} dropped because the quote is not in the trace: ${whose.join(', ')}`,
    ),
  ];
}

const detectorErrors = ({ detectors }: Analysis): string[] =>
  detectors
    .filter(({ errors }) => errors > 0)
    .map(({ id, errors, firstError }) =>
      warning(`detector ${id} failed on ${plural(errors, 'trace')}; first: ${firstError}`),
    );

function gaps({ gaps }: Analysis): string[] {
  if (gaps.length === 0) return [];
  const what = gaps
    .map((gap) => `${count(gap.count)} × ${gap.kind.replaceAll('_', ' ')}`)
    .join(', ');
  return [style('dim', `missing from the recording, not counted as failures: ${what}`)];
}

const warning = (text: string): string => style('yellow', shorten(plain(text), WIDTH));
