import type { ReactNode } from 'react';
import { count } from '../../../text/format.ts';
import { useLatest } from '../client/queries.ts';

/** That not all traces were judged by the same version, so that figures are read with care; nothing where they were. */
export function MixedVersions(): ReactNode {
  const { data: latest } = useLatest();
  if (latest?.mixed == null) return null;
  const { older, traces, isRunning } = latest.mixed;
  return (
    <div className="bar-note mixed-versions" role="status">
      <p>
        <b>
          {count(older)} of {count(traces)} traces were judged by another version:
        </b>{' '}
        {isRunning
          ? 'they are being judged again. Until then, what changed may be the version.'
          : 'they were not judged again, so what changed may be the version. “Analyze now” on Sources judges them.'}
      </p>
    </div>
  );
}
