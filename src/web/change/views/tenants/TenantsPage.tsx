import { type ReactNode, useMemo } from 'react';
import type { TenantCell, TenantRow, Tenants } from '../../../../contract/tenants.ts';
import { mixText, qText } from '../../../../text/diff-words.ts';
import { count, percent, plural, twoDigits } from '../../../../text/format.ts';
import { statementText } from '../../../../text/statement.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { type HeatCell, type HeatColumn, HeatTable } from '../../../parts/HeatTable.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { inkOf } from '../../model/ink.ts';
import { NoRates } from '../NoRates.tsx';
import { Remarks } from '../Remarks.tsx';

/** Causes × tenants: rates and lifts, where a cause occurs, and which counts are hidden. */
export function TenantsPage(props: {
  readonly tenants: Tenants;
  /** Says why there are no rows; default: that nothing failed. */
  readonly empty?: string | undefined;
  /** Address of the page of a cause. Default: there is none. */
  readonly hrefOf?: (cause: string) => string;
  /** Above the table. */
  readonly children?: ReactNode;
}): ReactNode {
  const { tenants: data, empty, hrefOf, children } = props;
  const { tenants, causes, noRates, withoutTenant, mix, floor, hiddenCells } = data;
  const highest = useMemo(
    () => Math.max(0, ...causes.flatMap(({ cells }) => cells.map(weightOf))),
    [causes],
  );
  const columns: HeatColumn[] = [
    { key: 'all', name: 'All', second: plural(data.traces, 'trace') },
    ...tenants.map(({ name, traces, failures, pooled }) => ({
      key: name,
      name,
      title: pooled > 1 ? `${name}: each has fewer than ${floor.traces} traces` : name,
      second: `${plural(traces, 'trace')}${failures === null || traces === 0 ? '' : `, ${percent(failures / traces)} failed`}`,
    })),
  ];
  return (
    <>
      <h1 tabIndex={-1} className="change-title">
        <Coded text={statementText(data.headline)} />
      </h1>
      <p className="change-sides">
        {plural(data.traces, 'trace')} name a tenant
        {withoutTenant > 0 && <>; {count(withoutTenant)} do not, and are not in the table</>}.{' '}
        {mix.length > 0 && (
          <span className="dim">
            Lifts compare a tenant with the others at the same mix of {mixText(mix)}.
          </span>
        )}
      </p>
      <NoRates reason={noRates} />
      {children}
      {causes.length === 0 || tenants.length === 0 ? (
        <Empty title={empty ?? (tenants.length === 0 ? 'No trace names a tenant' : 'No failures')}>
          {empty === undefined && (
            <p>
              {tenants.length === 0
                ? 'Map the column or the attribute that holds it: --map tenant=customer_id'
                : `Nothing failed in ${plural(data.traces, 'trace')}.`}
            </p>
          )}
        </Empty>
      ) : (
        <div className="stack">
          <Card
            title="Causes by tenant"
            aside={
              noRates === null ? 'failures per 1,000 traces, × against the others' : 'failures'
            }
            flush
          >
            <HeatTable
              label="Heat map"
              corner="Cause"
              columns={columns}
              rows={causes.map((cause) => ({
                key: cause.id,
                head: <Head cause={cause} hrefOf={hrefOf} />,
                cells: [
                  allOf(cause, highest),
                  ...cause.cells.map((cell) => cellOf(cell, highest, floor.failures)),
                ],
              }))}
            />
            <p className="heat-key">
              <span>
                <span className="heat-scale" data-soft="" aria-hidden="true" /> none to most
              </span>
              <span>
                <span className="heat-cell" data-mark="new" aria-hidden="true">
                  ×
                </span>{' '}
                more here, beyond chance
              </span>
              {hiddenCells > 0 && (
                <span>
                  <span className="heat-cell" data-mark="hidden" aria-hidden="true" />{' '}
                  {plural(hiddenCells, 'cell')} hidden: fewer than {floor.failures} failures, or a
                  count from which such a one could be worked out
                </span>
              )}
            </p>
          </Card>
          <Remarks remarks={data.remarks} />
        </div>
      )}
    </>
  );
}

const REACH = {
  'only here': (where: string) => ({ text: `only ${where}`, kind: 'new' as const }),
  'stands out': (where: string) => ({ text: `more at ${where}`, kind: 'new' as const }),
  everywhere: () => ({ text: 'everywhere', kind: undefined }),
  'cannot tell': () => ({ text: 'cannot tell', kind: 'unsure' as const }),
};

function Head(props: {
  readonly cause: TenantRow;
  readonly hrefOf: ((cause: string) => string) | undefined;
}): ReactNode {
  const { cause, hrefOf } = props;
  const { id, title, reach, where, isNamed } = cause;
  const names = where.length > 2 ? `${where.slice(0, 2).join(', ')} …` : where.join(', ');
  const { text, kind } = REACH[reach](names === '' ? 'one tenant' : names);
  return (
    <>
      {hrefOf === undefined || !isNamed ? (
        <Coded text={title} />
      ) : (
        <a className="link" href={hrefOf(id)}>
          <Coded text={title} />
        </a>
      )}
      <small>
        <Tag kind={kind} title={where.join(', ')}>
          {text}
        </Tag>
      </small>
    </>
  );
}

const weightOf = ({
  ratePerThousand,
  failures,
}: Pick<TenantCell, 'ratePerThousand' | 'failures'>): number => ratePerThousand ?? failures ?? 0;

function allOf(cause: TenantRow, highest: number): HeatCell {
  if (cause.failures === null) return HIDDEN_TOTAL;
  return {
    ink: inkOf(weightOf(cause), highest),
    text: twoDigits(weightOf(cause)),
    second:
      cause.ratePerThousand === null ? undefined : plural(Math.round(cause.failures), 'failure'),
  };
}

const HIDDEN_TOTAL: HeatCell = {
  ink: 0,
  mark: 'hidden',
  text: 'hidden',
  title: 'Hidden: with it a small count could be worked out',
};

function cellOf(cell: TenantCell, highest: number, floor: number): HeatCell {
  if (cell.isHidden)
    return {
      ...HIDDEN_TOTAL,
      title: `Hidden: fewer than ${floor} failures, or a count from which such a one could be worked out`,
    };
  const { lift, liftInterval, q, standing, failures, rateInterval } = cell;
  const isMore = standing === 'more' || standing === 'only here';
  return {
    ink: inkOf(weightOf(cell), highest),
    text: twoDigits(weightOf(cell)),
    mark: isMore ? 'new' : undefined,
    second: (
      <>
        {standing === 'only here' ? 'only here' : lift === null ? '' : `${twoDigits(lift)}×`}
        {isMore && standing !== 'only here' && <span className="hidden"> more here</span>}
        {standing === 'less' && ' less'}
      </>
    ),
    title: [
      failures === null ? null : plural(Math.round(failures), 'failure'),
      rateInterval === null
        ? null
        : `${twoDigits(rateInterval[0])} to ${twoDigits(rateInterval[1])} per 1,000`,
      lift === null || liftInterval === null
        ? null
        : `${twoDigits(lift)}× (${twoDigits(liftInterval[0])} to ${twoDigits(liftInterval[1])}) what the others would have`,
      q === null ? 'not tested' : `q ${qText(q)}`,
    ]
      .filter((part) => part !== null)
      .join('; '),
  };
}
