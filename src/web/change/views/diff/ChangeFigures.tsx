import type { ReactNode } from 'react';
import type { CauseChange, Diff } from '../../../../contract/diff.ts';
import { qText, signed } from '../../../../text/diff-words.ts';
import { count, twoDigits } from '../../../../text/format.ts';

/** The figures of a cause on both sides, each with what qualifies it. */
export function ChangeFigures(props: {
  readonly diff: Diff;
  readonly cause: CauseChange;
}): ReactNode {
  const { diff, cause } = props;
  const { difference, differenceInterval, ratio, q, needed } = cause;
  return (
    <dl className="figures">
      {(['before', 'after'] as const).map((side) => {
        const { ratePerThousand, rateInterval, events, exposures } = cause[side];
        const counted = `${cause.isEstimate ? 'about ' : ''}${count(events)} of ${count(exposures)}`;
        return (
          <Figure
            key={side}
            name={`${diff[side].name}${ratePerThousand === null ? '' : ', per 1,000'}`}
            note={
              rateInterval === null
                ? ''
                : `${twoDigits(rateInterval[0])}–${twoDigits(rateInterval[1])}, ${counted}`
            }
          >
            {ratePerThousand === null ? counted : twoDigits(ratePerThousand)}
          </Figure>
        );
      })}
      {difference !== null && differenceInterval !== null && (
        <Figure
          name="Difference"
          note={`${signed(differenceInterval[0])} to ${signed(differenceInterval[1])}`}
        >
          {signed(difference)}
        </Figure>
      )}
      {ratio !== null && <Figure name="Ratio">{twoDigits(ratio)}×</Figure>}
      {diff.noRates === null && (
        <Figure name="q" note={q === null ? 'too few traces or failures' : ''}>
          {q === null ? 'not tested' : qText(q)}
        </Figure>
      )}
      {needed !== null && (
        <Figure name="More needed" note="traces on each side">
          {count(needed)}
        </Figure>
      )}
    </dl>
  );
}

function Figure(props: {
  readonly name: string;
  readonly note?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.children}
        <small>{props.note}</small>
      </dd>
    </div>
  );
}
