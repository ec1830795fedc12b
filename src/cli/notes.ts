import type { Analysis } from '../contract/analysis.ts';
import { plain, shorten } from './plain.ts';
import { style } from './style.ts';

/** Problems of the run and what was left out: lines under the funnel. */
export const notes = (analysis: Analysis): string[] => [
  ...problems(analysis),
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
  const records = problemCount === 1 ? 'record' : 'records';
  return [warning(`${problemCount} ${records} could not be used; first: ${what}`)];
}

function judging({ judging }: Analysis): string[] {
  if (judging === null) return [];
  const { judge, checks, failures, passing, found, unanswered, cost } = judging;
  const parts = [
    `${judge} judged ${count(failures, 'failure')} and ${count(passing, 'passing trace')} by ${count(checks.length, 'check')}`,
    ...(found > 0
      ? [
          `${found.toLocaleString('en')} of the passing traces had failed; each stands for others like it`,
        ]
      : []),
    ...(unanswered > 0 ? [`${count(unanswered, 'answer')} missing`] : []),
    cost === null ? 'cost unknown' : `${cost.toFixed(4)} USD`,
  ];
  return [style('dim', plain(parts.join('; ')))];
}

const count = (many: number, what: string): string =>
  `${many.toLocaleString('en')} ${what}${many === 1 ? '' : 's'}`;

/** A finding whose quote is not in the trace does not count. */
function dropped({ detectors }: Analysis): string[] {
  const wrong = detectors.filter(({ unverified }) => unverified > 0);
  if (wrong.length === 0) return [];
  const total = wrong.reduce((sum, { unverified }) => sum + unverified, 0);
  const whose = wrong.map(({ id, unverified }) => `${id} ${unverified.toLocaleString('en')}`);
  return [
    warning(
      `${total.toLocaleString('en')} ${total === 1 ? 'finding' : 'findings'} dropped because the quote is not in the trace: ${whose.join(', ')}`,
    ),
  ];
}

const detectorErrors = ({ detectors }: Analysis): string[] =>
  detectors
    .filter(({ errors }) => errors > 0)
    .map(({ id, errors, firstError }) =>
      warning(
        `detector ${id} failed on ${errors.toLocaleString('en')} ${errors === 1 ? 'trace' : 'traces'}; first: ${firstError}`,
      ),
    );

function gaps({ gaps }: Analysis): string[] {
  if (gaps.length === 0) return [];
  const what = gaps.map(({ kind, count }) => `${count} × ${kind.replaceAll('_', ' ')}`).join(', ');
  return [style('dim', `missing from the recording, not counted as failures: ${what}`)];
}

const warning = (text: string): string => style('yellow', shorten(plain(text), WIDTH));
