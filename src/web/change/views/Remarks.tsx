import type { ReactNode } from 'react';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';

/** What to know when reading the figures; nothing without remarks. */
export function Remarks(props: { readonly remarks: readonly string[] }): ReactNode {
  const { remarks } = props;
  if (remarks.length === 0) return null;
  return (
    <Card title="What to know">
      <ul className="remarks">
        {remarks.map((remark) => (
          <li key={remark}>
            <Coded text={`${remark.slice(0, 1).toUpperCase()}${remark.slice(1)}.`} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
