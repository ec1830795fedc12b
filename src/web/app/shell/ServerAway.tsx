import type { ReactNode } from 'react';
import { useServerState } from '../client/server-state.ts';

/** Says that the server is away, and that the page recovers by itself. */
export function ServerAway(): ReactNode {
  const { kind, reason } = useServerState();
  if (kind !== 'away') return null;
  return (
    <div className="bar-note" role="alert" data-kind="fail">
      <p>
        <b>{reason}.</b> This page shows what it had, and asks again every few seconds. What was
        decided before is kept. If the server was stopped, start it: <code>culprit serve</code>
      </p>
    </div>
  );
}
