import type { ReactNode } from 'react';
import type { ReportedCase, ReportedCause } from '../../../contract/eval-report.ts';
import type { CaseRole } from '../../../contract/suite.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Tag } from '../../parts/Tag.tsx';
import type { RunModel } from '../model/run-model.ts';
import { sentenceOf, VERDICTS } from '../model/words.ts';
import { RoleCell } from './RoleCell.tsx';

const Axis = (): ReactNode => (
  <span className="axis" aria-hidden="true">
    <span>0</span>
    <span>50</span>
    <span>100%</span>
  </span>
);

/** Every cause: its guards, controls and slice with their intervals, and what was decided. */
export function CauseTable(props: { readonly model: RunModel }): ReactNode {
  const { causes, baseline, judgment } = props.model.data;
  const isResult = judgment.verdict !== 'incomplete' && judgment.verdict !== 'infrastructure';
  return (
    <Card
      title="By cause"
      aside={baseline === null ? 'pass rates, 95% intervals' : '○ before ● after, 95% intervals'}
      flush
    >
      <table className="cause-verdicts">
        <thead>
          <tr>
            <th scope="col">Cause</th>
            {['Guards', 'Controls', 'Slice'].map((name) => (
              <th key={name} scope="col" className="role-cell">
                {name}
                <Axis />
              </th>
            ))}
            <th scope="col" className="num cell-change">
              Slice, change
              <small>better, worse</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {causes.map((cause) => (
            <CauseRow
              key={cause.id}
              cause={cause}
              isResult={isResult}
              isOnly={causes.length === 1}
            />
          ))}
        </tbody>
      </table>
      <p className="cells-key">
        <span className="case-cell" data-verdict="pass" /> all attempts pass
        <span className="case-cell" data-verdict="flaky" /> some
        <span className="case-cell" data-verdict="fail" /> none
        <span className="case-cell" data-verdict="error" /> no result
      </p>
    </Card>
  );
}

function CauseRow(props: {
  readonly cause: ReportedCause;
  /** Whether the run says anything. */
  readonly isResult: boolean;
  /** The sentence of an only cause is that of the run. */
  readonly isOnly: boolean;
}): ReactNode {
  const { isResult, isOnly } = props;
  const { id, title, judgment, cases } = props.cause;
  const { word, kind } = VERDICTS[judgment.verdict];
  const { comparison } = judgment;
  const of = (role: CaseRole): readonly ReportedCase[] =>
    cases.filter((each) => each.role === role);
  return (
    <tr>
      <th scope="row">
        <span className="cause-verdict">
          <Tag kind={isResult ? kind : 'unsure'}>{isResult ? word : 'Not judged'}</Tag>
          <code className="dim">{id}</code>
        </span>
        <span className="cause-title">
          <Coded text={title} />
        </span>
        {isResult && !isOnly && (
          <span className="verdict-said">{sentenceOf(judgment.sentence)}.</span>
        )}
      </th>
      <RoleCell name="Guards" count={judgment.guards} cases={of('guard')} />
      <RoleCell name="Controls" count={judgment.controls} cases={of('control')} />
      <RoleCell name="Slice" count={judgment.slice} cases={of('slice')} />
      <td className="num cell-change" data-label="Change">
        {comparison === null ? (
          <span className="dim">not compared</span>
        ) : (
          <>
            <b className="value">{points(comparison.difference)}</b>
            <span className="second">
              {points(comparison.interval[0])} to {points(comparison.interval[1])}
            </span>
            <span className="second">
              {comparison.better} better, {comparison.worse} worse
            </span>
            <span className="second">{pText(comparison.adjusted ?? comparison.p)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

const points = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.round(Math.abs(100 * share))}`;

const pText = (p: number | null): string =>
  p === null ? 'no case changed' : p < 0.0001 ? 'p < 0.0001' : `p ${p.toPrecision(2)}`;
