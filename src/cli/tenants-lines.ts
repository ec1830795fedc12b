import type { Tenant, TenantCell, TenantRow, Tenants } from '../contract/tenants.ts';
import { mixText } from '../text/diff-words.ts';
import { count, percent, plural, twoDigits } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import { style } from './style.ts';
import { type Column, table } from './table.ts';
import { wrap } from './wrap.ts';

interface Room {
  /** Columns of the terminal. */
  readonly width: number;
  /** Causes that are listed. */
  readonly top: number;
}

type TenantColumn = Column<TenantRow, Room>;

const WIDEST = 140;
const CELL_WIDTH = 16;
const MOST_COLUMNS = 7;
const HIDDEN = '–';

const CAUSE: TenantColumn = {
  head: 'root cause',
  width: 0,
  cell: ({ title, isNamed, where, reach }, width) => {
    const place = reach === 'only here' ? `only at ${where[0]}` : '';
    return [
      style(isNamed && where.length > 0 ? ['bold'] : [], wrap(plain(title), width)),
      ...(place === '' ? [] : [style('yellow', wrap(plain(place), width))]),
    ].join('\n');
  },
};

const ALL: TenantColumn = {
  head: 'all',
  width: 9,
  leaves: 1,
  cell: (row) => figure(row),
};

const figure = ({
  failures,
  ratePerThousand,
}: Pick<TenantRow, 'failures' | 'ratePerThousand'>): string => {
  if (failures === null) return style('dim', HIDDEN);
  return ratePerThousand === null ? count(failures) : twoDigits(ratePerThousand);
};

const ofTenant = ({ name }: Tenant, place: number, leaves: number): TenantColumn => ({
  head:
    plain(name).length < CELL_WIDTH - 2 ? plain(name) : `${plain(name).slice(0, CELL_WIDTH - 3)}…`,
  width: CELL_WIDTH,
  leaves,
  cell: ({ cells }) => {
    const cell = cells[place]!;
    if (cell.isHidden) return style('dim', HIDDEN);
    const lift = liftText(cell);
    return lift === '' ? figure(cell) : `${figure(cell)} ${lift}`;
  },
});

function liftText({ standing, lift }: TenantCell): string {
  const times = lift === null ? '' : `${twoDigits(lift)}×`;
  if (standing === 'more' || standing === 'only here') return style('red', `▲ ${times}`.trimEnd());
  if (standing === 'less') return style('green', `▼ ${times}`);
  return times === '' ? '' : style('dim', times);
}

/** Causes by tenant, for a terminal. */
export function tenantLines(tenants: Tenants, room: Room): string {
  const width = Math.min(room.width, WIDEST);
  const shown = columnsShown(tenants);
  const rows = tenants.causes.slice(0, room.top);
  const more = tenants.causes.length - rows.length;
  const hiddenColumns = tenants.tenants.length - shown.length;
  const dim = (text: string): string => style('dim', wrap(plain(text), width));
  const blocks = [
    [
      style('bold', wrap(plain(statementText(tenants.headline)), width)),
      ...sizeLines(tenants).map(dim),
    ],
    rows.length === 0 || shown.length === 0
      ? []
      : [
          table(rows, room, [
            CAUSE,
            ALL,
            ...shown.map(({ tenant, place }, at) => ofTenant(tenant, place, shown.length - at + 1)),
          ]),
        ],
    more > 0 ? [dim(`${plural(more, 'more cause')}: --top ${tenants.causes.length}`)] : [],
    hiddenColumns > 0 ? [dim(`${plural(hiddenColumns, 'more tenant')}: --json`)] : [],
    tenants.noRates === null
      ? [dim(legend(tenants))]
      : [style('yellow', wrap(plain(tenants.noRates), width))],
    tenants.remarks.map(dim),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** At most seven tenants: those at which something stands out first, else the largest. */
function columnsShown({ tenants, causes }: Tenants) {
  const standsOut = (name: string): number =>
    causes.filter(({ where }) => where.includes(name)).length;
  return tenants
    .map((tenant, place) => ({ tenant, place }))
    .sort((a, b) => standsOut(b.tenant.name) - standsOut(a.tenant.name) || a.place - b.place)
    .slice(0, MOST_COLUMNS);
}

function sizeLines({ tenants, withoutTenant }: Tenants): readonly string[] {
  const sizes = tenants.slice(0, MOST_COLUMNS).map(({ name, traces, ratePerThousand }) => {
    const failed = ratePerThousand === null ? '' : `, ${percent(ratePerThousand / 1000)} failed`;
    return `${name}: ${plural(traces, 'trace')}${failed}`;
  });
  return [
    ...(sizes.length === 0 ? [] : [sizes.join('; ')]),
    ...(withoutTenant > 0 && tenants.length > 0
      ? [`${plural(withoutTenant, 'trace')} without a tenant left out`]
      : []),
  ];
}

function legend({ mix, hiddenCells, tenants }: Tenants): string {
  const same = mix.length === 0 ? '' : `, at the same mix of ${mixText(mix)}`;
  const lift = tenants.length > 1 ? `; × against the other tenants${same}` : '';
  const hidden = hiddenCells > 0 ? `; ${HIDDEN} hidden` : '';
  return `failures per 1,000 traces${lift}${hidden}`;
}
