import type { NoCausesAdvice } from '../../report/views/home/NoCauses.tsx';
import { pathOf } from '../workspace/addresses.ts';

/** What people of the workspace can do where there is no cause. */
export function noCausesAdvice(project: string): NoCausesAdvice {
  const session = (
    <a className="link" href={pathOf(project, '/sessions/new')}>
      new session
    </a>
  );
  const api = (
    <a className="link" href="/api/docs">
      API
    </a>
  );
  return {
    withScores: (
      <>
        An admin says which of them is a failure, with the setting <code>scores</code> of the
        project ({api}).
      </>
    ),
    withoutFailures: <>A {session} looks at traces of your choice.</>,
    byAnotherView: <>A {session} can compare them by other views.</>,
    ofFewer: <>A {session} can take fewer: its smallest cluster.</>,
  };
}
