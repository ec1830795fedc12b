import type { ReactNode } from 'react';
import type { CauseChange } from '../../../../contract/diff.ts';
import { qText, signed } from '../../../../text/diff-words.ts';
import { percent, twoDigits } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Tag } from '../../../parts/Tag.tsx';
import { MIX_WORDS } from '../../model/state-words.ts';

/** The rates of a cause as if both sides had the same mix of traffic. */
export function LikeWithLike(props: { readonly cause: CauseChange }): ReactNode {
  const { standardized } = props.cause;
  if (standardized.length === 0) return null;
  return (
    <Card title="With the same traffic" aside="per 1,000 traces" flush>
      <table className="traffic">
        <thead>
          <tr>
            <th scope="col">Same mix of</th>
            <th scope="col" className="num">
              Rates
            </th>
            <th scope="col" className="num">
              Difference
            </th>
            <th scope="col" className="num">
              q
            </th>
          </tr>
        </thead>
        <tbody>
          {standardized.map((each) => (
            <tr key={each.by}>
              <th scope="row">
                {MIX_WORDS[each.by]} {each.disagrees && <Tag kind="unsure">mix</Tag>}
                {each.covered < 0.995 && (
                  <span className="second">{percent(each.covered)} of the traces</span>
                )}
              </th>
              <td className="num nowrap">
                {twoDigits(each.before)} → {twoDigits(each.after)}
              </td>
              <td className="num">
                {signed(each.difference)}
                <span className="second">
                  {signed(each.differenceInterval[0])} to {signed(each.differenceInterval[1])}
                </span>
              </td>
              <td className="num">{qText(each.q)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
