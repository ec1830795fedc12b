import type { ReactNode } from 'react';
import type { ClusterQuality } from '../../../contract/cluster.ts';
import { percent } from '../../../text/format.ts';
import { isStable } from '../model/stability.ts';

/** Warns about a cluster that mostly does not re-form in resamples. */
export function Unstable(props: { readonly quality: ClusterQuality }): ReactNode {
  const { quality } = props;
  if (isStable(quality)) return null;
  return (
    <p className="warning" role="note">
      <strong>Unstable cluster:</strong> only {percent(quality.stability ?? 0)} of it re-forms in
      resamples. Read some of its failures before you act on it.
    </p>
  );
}
