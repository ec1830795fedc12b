import type { Analysis } from '../contract/analysis.ts';
import { count, percent, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import { areFew } from './few-failures.ts';
import { style } from './style.ts';
import { wrap } from './wrap.ts';

/** What to fix first, what changed, and how much was read: the first lines of the report, in a terminal. */
export function headline(analysis: Analysis, width: number): string {
  const { fix, change, rates, tenants, coverage } = analysis.headline;
  const second = [change, rates, tenants].flatMap((each) =>
    each === null ? [] : [statementText(each)],
  );
  const lines = analysis.options.all
    ? [allTraces(analysis)]
    : [fix === null ? withoutCause(analysis) : statementText(fix), second.join('; ')];
  const isCovered = fix !== null && !analysis.options.all;
  return [
    ...lines
      .filter((line) => line !== '')
      .map((line, index) => style(index === 0 ? 'bold' : [], wrap(plain(line), width))),
    ...(isCovered ? [style('dim', wrap(plain(statementText(coverage)), width))] : []),
  ].join('\n');
}

/** `2,600 traces in 12 groups; 517 failed (20%)`. */
function allTraces({ funnel, clusters, failedCount }: Analysis): string {
  const traces = eligibleOf(funnel);
  const failed =
    failedCount === 0
      ? 'none failed'
      : `${count(failedCount)} failed (${percent(failedCount / traces)})`;
  return `${plural(traces, 'trace')} in ${plural(clusters.length, 'group')}; ${failed}`;
}

function withoutCause(analysis: Analysis): string {
  const { funnel, failedCount } = analysis;
  const traces = eligibleOf(funnel);
  if (failedCount === 0) return `Nothing fails in ${plural(traces, 'trace')}`;
  const failed = `${count(failedCount)} of ${plural(traces, 'trace')} failed`;
  return areFew(analysis) ? failed : `${failed}; no cause is certain enough to come first`;
}

const eligibleOf = (funnel: Analysis['funnel']): number =>
  funnel.find(({ name }) => name === 'eligible')?.count ?? 0;
