import type { ReactNode } from 'react';
import { percent } from '../../../text/format.ts';
import type { BreakdownRow } from '../model/breakdown.ts';

const SHOWN = 6;

/** Share of each value here, with a tick at its share of all other failures. */
export function Breakdown(props: { readonly rows: readonly BreakdownRow[] }): ReactNode {
  const { rows } = props;
  return (
    <table className="breakdown">
      <thead className="hidden">
        <tr>
          <th>value</th>
          <th>here</th>
          <th>among other failures</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN).map((row) => (
          <tr key={row.value}>
            <th scope="row" dir="auto">
              {row.value ?? 'not recorded'}
            </th>
            <td>
              <span className="breakdown-bar" style={{ '--part': `${row.inside * 100}%` }}>
                <span style={{ '--part': `${row.outside * 100}%` }} />
              </span>
            </td>
            <td>
              {percent(row.inside)} <span className="quiet">others {percent(row.outside)}</span>
            </td>
          </tr>
        ))}
      </tbody>
      {rows.length > SHOWN && (
        <caption className="quiet">
          and {rows.length - SHOWN} more, each with a smaller share
        </caption>
      )}
    </table>
  );
}
