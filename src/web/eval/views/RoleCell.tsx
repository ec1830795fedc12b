import type { ReactNode } from 'react';
import type { ReportedCase } from '../../../contract/eval-report.ts';
import type { RoleCount } from '../../../contract/verdict.ts';
import { percent } from '../../../text/format.ts';
import { RateLine } from '../../parts/RateLine.tsx';
import { boundOf } from '../model/words.ts';
import { CaseCell } from './CaseCell.tsx';

/** Cases that are drawn one by one. */
const DRAWN = 36;

/** The cases of one role of a cause: how many pass, with the interval, and each case as a square. */
export function RoleCell(props: {
  readonly name: string;
  readonly count: RoleCount;
  readonly cases: readonly ReportedCase[];
}): ReactNode {
  const { name, count, cases } = props;
  if (cases.length === 0)
    return (
      <td className="role-cell dim" data-label={name}>
        none
      </td>
    );
  const { passed, cases: decided, undecided, rate, interval } = count;
  return (
    <td className="role-cell" data-label={name}>
      <span className="role-figures">
        <b>
          {passed} of {decided + undecided}
        </b>{' '}
        <span className="dim">{decided === 0 ? 'none decided' : boundOf(count)}</span>
      </span>
      {rate !== null && <RateLine rate={rate} interval={interval} before={before(cases)} />}
      {cases.length <= DRAWN && (
        <span className="case-cells" aria-hidden="true">
          {cases.map(({ id, verdict }) => (
            <CaseCell key={id} verdict={verdict} isSaid />
          ))}
        </span>
      )}
      {undecided > 0 && <span className="dim small">{undecided} undecided</span>}
      {before(cases) !== null && (
        <span className="hidden">before {percent(before(cases) ?? 0)}</span>
      )}
    </td>
  );
}

/** Mean pass rate of the baseline; null without one. */
function before(cases: readonly ReportedCase[]): number | null {
  const rates = cases.flatMap(({ baseline }) => baseline?.rate ?? []);
  return rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
