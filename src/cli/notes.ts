import type { Analysis } from '../contract/analysis.ts';
import { count, dollars, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { style } from './style.ts';
import { wrapHanging } from './wrap.ts';

/** What the rules caught, problems of the run and what was left out: lines under the funnel. */
export const notes = (analysis: Analysis, width: number): string[] =>
  [
    ...rules(analysis),
    ...kmeans(analysis),
    ...problems(analysis),
    ...remarks(analysis),
    ...suspects(analysis),
    ...judging(analysis),
    ...dropped(analysis),
    ...detectorErrors(analysis),
    ...gaps(analysis),
  ].map((line) => wrapHanging(line, width, '  '));

/** `rule groundedness<0.7: fails 174 of 600 traces that have it`. */
const rules = ({ rules }: Analysis): string[] =>
  rules.map(({ rule, judged, failed }) =>
    plain(`rule ${rule}: fails ${count(failed)} of ${plural(judged, 'trace')} that have it`),
  );

/** k-means groups what has no known cause; where everything has one, it did nothing. */
function kmeans({ options, failures, clusters }: Analysis): string[] {
  if (options.algorithm !== 'kmeans' || failures.length === 0) return [];
  const known = new Set(clusters.filter(({ state }) => state !== null).map(({ id }) => id));
  const others = failures.filter(({ cluster }) => cluster === null || !known.has(cluster)).length;
  if (known.size === 0) return [];
  const noun = options.all ? 'trace' : 'failure';
  const rest = `the other ${plural(failures.length - others, noun)} share known causes; --view output groups all of them`;
  return [
    others < options.minClusterSize
      ? `k-means had nothing to do: ${plural(others, noun)} without a known cause; ${rest}`
      : `k-means grouped ${plural(others, noun)} without a known cause; ${rest}`,
  ];
}

const SHOWN_SHAPES = 3;

/** What was read but not understood comes first and whole: it is no fault of the file. */
function problems({ problems, problemCount }: Analysis): string[] {
  const unknown = problems.filter(({ code }) => NOT_UNDERSTOOD.has(code));
  const broken = problems.filter(({ code }) => !NOT_UNDERSTOOD.has(code));
  const [first] = broken;
  return [
    ...unknown.slice(0, SHOWN_SHAPES).map(({ message }) => warning(upperFirst(message))),
    ...(unknown.length > SHOWN_SHAPES
      ? [warning(`${plural(unknown.length - SHOWN_SHAPES, 'more part')} of unknown shape`)]
      : []),
    ...(first === undefined
      ? []
      : [
          warning(
            `${plural(problemCount - unknown.length, 'record')} could not be used; first: ${described(first)}`,
          ),
        ]),
  ];
}

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const NOT_UNDERSTOOD: ReadonlySet<string> = new Set(['unknown_part', 'no_messages']);

/** What was read although the file has a flaw there. */
function remarks({ remarks, remarkCount }: Analysis): string[] {
  const repeated = remarks.filter(({ code }) => code === 'repeated_trace');
  const [first] = remarks.filter(({ code }) => code !== 'repeated_trace');
  return [
    ...repeated.map((each) => warning(described(each))),
    ...(first === undefined
      ? []
      : [
          warning(
            `${plural(remarkCount - repeated.length, 'remark')} on the input; first: ${described(first)}`,
          ),
        ]),
  ];
}

function described({ file, line, message }: Analysis['problems'][number]): string {
  const where = line === null ? file : `${file}:${line}`;
  return message.startsWith(file) ? message : `${where}: ${message}`;
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

/** What was read but not understood is no gap of the recording. */
function gaps({ gaps }: Analysis): string[] {
  const missing = gaps.filter(({ kind }) => kind !== 'unknown_shape');
  if (missing.length === 0) return [];
  const what = missing
    .map((gap) => `${count(gap.count)} × ${gap.kind.replaceAll('_', ' ')}`)
    .join(', ');
  return [style('dim', `missing from the recording, not counted as failures: ${what}`)];
}

const warning = (text: string): string => style('yellow', plain(text));
