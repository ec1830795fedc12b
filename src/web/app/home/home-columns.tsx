import type { ReactNode } from 'react';
import { type Decisions, type Losses, lostBy } from '../../../decide/decide.ts';
import { plural } from '../../../text/format.ts';
import { StateDot, stateName } from '../../parts/StateDot.tsx';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { CauseColumn } from '../../report/views/home/CauseRow.tsx';
import { cents, shortCount, shortTime } from './amounts.ts';

/** The columns that need a store and decisions: whom a cause reaches, what it cost, how dear a fix is, and who has it. */
export function homeColumns(given: {
  readonly model: ReportModel;
  readonly decisions: Decisions;
  readonly losses: Losses | null;
}): readonly CauseColumn[] {
  const { model, decisions, losses } = given;
  const lostOf = (members: readonly number[]) =>
    losses === null ? null : lostBy(losses, model.failures, members);
  return [
    {
      name: 'Reach',
      note: 'tenants',
      cell({ members, population }) {
        const lost = lostOf(members);
        if (lost === null) return <Waiting />;
        return (
          <Two
            first={lost.users === 0 ? plural(population, 'trace') : plural(lost.users, 'user')}
            second={lost.tenants === 0 ? 'no tenant' : plural(lost.tenants, 'tenant')}
          />
        );
      },
    },
    {
      name: 'Lost',
      note: 'tokens, time',
      cell({ members }) {
        const lost = lostOf(members);
        if (lost === null) return <Waiting />;
        return (
          <Two
            first={lost.cost === 0 ? shortCount(lost.tokens) : cents(lost.cost)}
            second={[
              ...(lost.cost === 0 ? [] : [shortCount(lost.tokens)]),
              shortTime(lost.milliseconds),
            ].join(', ')}
          />
        );
      },
    },
    {
      name: 'State',
      note: 'owner, fix cost',
      cell({ cluster }) {
        const { state = 'new', owner, fixCost } = decisions.causes.get(cluster.id) ?? {};
        const usual = cluster.fixCost === null ? '' : `, ~${cluster.fixCost}`;
        return (
          <Two
            first={
              <>
                <StateDot state={state} /> {stateName(state)}
              </>
            }
            second={`${owner ?? 'no owner'}${fixCost === undefined ? usual : `, ${fixCost}`}`}
          />
        );
      },
    },
  ];
}

function Two(props: { readonly first: ReactNode; readonly second: string }): ReactNode {
  return (
    <>
      <span className="more-value">{props.first}</span>
      <span className="second" dir="auto">
        {props.second}
      </span>
    </>
  );
}

/** As tall as the value to come, so that nothing moves. */
const Waiting = (): ReactNode => <Two first={<span className="dim">…</span>} second=" " />;
