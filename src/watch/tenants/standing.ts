import type { TenantCell, TenantStanding } from '../../contract/tenants.ts';
import { SIGNIFICANT } from '../../rate/rate-change.ts';

type Judged = Pick<TenantCell, 'isHidden' | 'failures' | 'lift' | 'liftInterval' | 'q'>;

/** How the tenant in this column stands against the others of the row. `same` excludes a doubling and a halving. */
export function standingOf(cells: readonly Judged[], column: number): TenantStanding {
  const { lift, liftInterval, q } = cells[column]!;
  if (q === null) return 'cannot tell';
  if (q >= SIGNIFICANT) {
    const isNarrow = liftInterval !== null && liftInterval[0] > 0.5 && liftInterval[1] < 2;
    return isNarrow ? 'same' : 'cannot tell';
  }
  const isAlone = cells.every(
    ({ isHidden, failures }, other) => other === column || (!isHidden && failures === 0),
  );
  if (isAlone) return 'only here';
  return lift === null || lift > 1 ? 'more' : 'less';
}
