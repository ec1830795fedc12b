import type { ReactNode } from 'react';
import { Empty } from '../../parts/Empty.tsx';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';

/** What an address shows that leads to no page. */
export function NoSuchPage(): ReactNode {
  const { project } = useAsking();
  return (
    <>
      <h1 tabIndex={-1}>There is no such page</h1>
      <Empty title="The address may be mistyped, or from another version of Culprit">
        <p>
          <a className="link" href={pathOf(project, '/')}>
            Causes to fix first
          </a>
          {' · '}
          <a className="link" href={pathOf(project, '/traces')}>
            Traces
          </a>
          {' · '}
          <a className="link" href={pathOf(project, '/sources')}>
            Sources
          </a>
        </p>
        <p>
          <kbd>Ctrl K</kbd> finds any page, cause or trace.
        </p>
      </Empty>
    </>
  );
}
