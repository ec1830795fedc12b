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
  const share = decided === 0 ? null : passed / decided;
  const earlier = before(cases);
  return (
    <td className="role-cell" data-label={name}>
      <span className="role-figures">
        <b>
          {passed} of {decided + undecided}
        </b>{' '}
        <span className="dim">{decided === 0 ? 'none decided' : boundOf(count)}</span>
      </span>
      {share !== null && <RateLine rate={share} interval={interval} before={earlier} />}
      {cases.length <= DRAWN && (
        <span className="case-cells" aria-hidden="true">
          {cases.map(({ id, verdict }) => (
            <CaseCell key={id} verdict={verdict} isSaid />
          ))}
        </span>
      )}
      {undecided > 0 && decided > 0 && <span className="second">{undecided} undecided</span>}
      {rate !== null && share !== rate && (
        <span className="second">{percent(rate)} of attempts</span>
      )}
      {earlier !== null && <span className="hidden">before {percent(earlier)}</span>}
    </td>
  );
}

/** Share of the cases that passed every attempt of the baseline; null without one. */
function before(cases: readonly ReportedCase[]): number | null {
  const decided = cases.flatMap(({ baseline }) => (baseline?.rate == null ? [] : [baseline]));
  if (decided.length === 0) return null;
  return decided.filter(({ verdict }) => verdict === 'pass').length / decided.length;
}
