import type { ReactNode } from 'react';
import type { ClusterQuality } from '../../../contract/analysis.ts';
import { percent } from '../../../text/format.ts';
import { isFirm } from '../model/firmness.ts';

/** Warns of a cluster that does not come together again when failures are drawn anew. */
export function NotFirm(props: { readonly quality: ClusterQuality }): ReactNode {
  const { quality } = props;
  if (isFirm(quality)) return null;
  return (
    <p className="warning" role="note">
      <strong>Not a firm cluster.</strong> When the failures are drawn again, only{' '}
      {percent(quality.stability ?? 0)} of it comes together once more. Read some members before you
      act on it.
    </p>
  );
}
