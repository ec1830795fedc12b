import type { ReactNode } from 'react';
import type { ReportedAttempt } from '../../../contract/eval-report.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { CaseCell } from './CaseCell.tsx';

/** What each check says of both sides; its number stands at its evidence. */
export function CheckList(props: {
  readonly left: ReportedAttempt | null;
  readonly right: ReportedAttempt | null;
}): ReactNode {
  const { left, right } = props;
  const checks = right !== null && right.checks.length > 0 ? right.checks : (left?.checks ?? []);
  if (checks.length === 0) return null;
  return (
    <Card title="Checks" aside="left, right">
      <ol className="checks">
        {checks.map(({ check, negate, provisional }, at) => {
          const [one, other] = [left?.checks[at], right?.checks[at]];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the number of a check is its position
            <li key={at}>
              <span className="checks-cells">
                <CaseCell verdict={one === undefined ? 'missing' : VERDICT[one.verdict]} />
                <CaseCell verdict={other === undefined ? 'missing' : VERDICT[other.verdict]} />
              </span>
              <div>
                <p>
                  <span className="check-number">{at + 1}</span> {negate === true && 'not '}
                  <code>{check}</code>
                  {provisional === true && (
                    <span className="dim"> provisional, decides nothing</span>
                  )}
                </p>
                {one !== undefined && <Reason side="left" reason={one.reason} />}
                {other !== undefined && other.reason !== one?.reason && (
                  <Reason side="right" reason={other.reason} />
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function Reason(props: { readonly side: string; readonly reason: string }): ReactNode {
  return (
    <p className="check-reason" dir="auto">
      <span className="dim">{props.side}:</span> <Coded text={props.reason} />
    </p>
  );
}

const VERDICT = { pass: 'pass', fail: 'fail', cannot_tell: 'inconclusive' } as const;
