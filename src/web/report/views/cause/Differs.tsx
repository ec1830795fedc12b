import type { ReactNode } from 'react';
import type { Contrast } from '../../../../contract/contrast.ts';
import { percent } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { TwoDots } from '../../../parts/TwoDots.tsx';

/** Steps that failing and similar passing traces do not take equally often. */
export function Differs(props: { readonly contrasts: readonly Contrast[] }): ReactNode {
  const { contrasts } = props;
  if (contrasts.length === 0) return null;
  return (
    <Card
      title="What differs"
      aside={
        <span className="differs-key">
          <span className="dot-fail" /> failing <span className="dot-pass" /> passing
        </span>
      }
    >
      <table className="differs">
        <thead>
          <tr>
            <th scope="col">In the trace</th>
            <th scope="col">
              <span className="axis">
                <span>0</span>
                <span>100%</span>
              </span>
            </th>
            <th scope="col" className="num">
              fail / pass
            </th>
          </tr>
        </thead>
        <tbody>
          {contrasts.map(({ tool, event, failing, passing }) => (
            <tr key={`${tool} ${event}`}>
              <th scope="row">
                <code>{tool}</code> {event === 'called' ? 'is called' : 'fails'}
              </th>
              <td>
                <TwoDots failing={shareOf(failing)} passing={shareOf(passing)} />
              </td>
              <td className="num nowrap">
                {percent(shareOf(failing))} / {percent(shareOf(passing))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const shareOf = ({ count, of }: Contrast['failing']): number => (of > 0 ? count / of : 0);
