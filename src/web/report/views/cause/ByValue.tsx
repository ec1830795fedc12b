import type { ReactNode } from 'react';
import type { Breakdown } from '../../../../contract/traffic.ts';
import { count } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { IntervalDot } from '../../../parts/IntervalDot.tsx';
import { figure } from '../../model/figures.ts';
import { FACET_LABELS } from '../../model/scope.ts';
import type { Words } from '../../model/words.ts';

/** Failures per 1,000 traces of each version or tenant, with intervals, and whether they can be told apart. */
export function ByValue(props: {
  readonly breakdown: Breakdown;
  readonly words: Words;
}): ReactNode {
  const { dimension, values } = props.breakdown;
  const shown = shownValues(props.breakdown);
  const end = niceEnd(Math.max(...shown.map(({ rateInterval }) => rateInterval[1])));
  return (
    <Card
      title={`By ${FACET_LABELS[dimension]}`}
      aside={props.words.isAll ? 'of 1,000 traces' : 'failures per 1,000 traces'}
    >
      <table className="rates">
        <tbody>
          {shown.map(({ value, failures, traces, ratePerThousand, rateInterval }) => (
            <tr key={value} title={`${count(failures)} of ${count(traces)} traces`}>
              <th scope="row" dir="auto">
                {value}
              </th>
              <td>
                <IntervalDot value={ratePerThousand} interval={rateInterval} end={end} />
              </td>
              <td className="num nowrap">
                <b>{figure(ratePerThousand)}</b>{' '}
                <span className="dim small">
                  {figure(rateInterval[0])}–{figure(rateInterval[1])}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small dim">
        Axis 0 to {count(end)}. {verdictOf(props.breakdown)}
        {values.length > shown.length && ` ${count(values.length - shown.length)} more not shown.`}
      </p>
    </Card>
  );
}

const SHOWN = 6;

/** The values with the most failures, in their order. */
function shownValues({ values }: Breakdown): Breakdown['values'] {
  const most = new Set(values.toSorted((a, b) => b.failures - a.failures).slice(0, SHOWN));
  return values.filter((value) => most.has(value));
}

/** The last change of versions, or the most telling tenant, in a sentence. */
function verdictOf({ changes, values }: Breakdown): string {
  const last = changes.at(-1);
  if (last !== undefined) {
    switch (last.state) {
      case 'new':
        return `New in ${last.to}.`;
      case 'gone':
        return `Gone in ${last.to}.`;
      case 'grown':
      case 'shrunk':
        return `${last.state === 'grown' ? 'More' : 'Less'} in ${last.to} than in ${last.from}.`;
      case 'same':
        return 'About the same in both.';
      case 'cannot tell':
        return 'Cannot be told apart from chance.';
    }
  }
  const told = values.find(({ standing }) => standing === 'only here' || standing === 'more');
  if (told !== undefined)
    return told.standing === 'only here' ? `Only in ${told.value}.` : `More in ${told.value}.`;
  return values.some(({ standing }) => standing === 'same')
    ? 'About the same in all.'
    : 'Cannot be told apart from chance.';
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function niceEnd(highest: number): number {
  if (!(highest > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((factor) => factor * unit).find((end) => end >= highest) ?? highest;
}
