import type { ReactNode } from 'react';
import { useStatus } from '../client/queries.ts';

/** Says that traces cannot be stored for want of space; nothing where there is some. */
export function DiskFull(): ReactNode {
  const { data: status } = useStatus();
  if (status?.full == null) return null;
  return (
    <div className="bar-note" role="alert" data-kind="fail">
      <p>
        <b>Nothing more is stored: {status.full}.</b> Applications that send traces are told to try
        again later. Free some space, or keep traces for fewer days.
      </p>
    </div>
  );
}
