import type { Watcher } from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import { duration } from '../../text/format.ts';
import type { SourceView } from '../sources/source-view.ts';
import type { Sources } from '../sources/sources.ts';
import { commandServer, pageUrl } from './server-links.ts';
import { tellFaults } from './tell-faults.ts';
import type { WatchRunDeps } from './watch-run.ts';

export interface SourceRunDeps extends Pick<WatchRunDeps, 'workspace' | 'clock' | 'address'> {
  readonly sources: Pick<Sources, 'of'>;
}

/** Tells of each application that stopped sending, and of each that sends again. @returns Whether there was one. */
export async function runSources(
  project: string,
  watcher: Watcher,
  stored: StoredWatcherState | undefined,
  deps: SourceRunDeps,
): Promise<boolean> {
  if (watcher.isPaused) return false;
  const now = deps.clock();
  const stopped = (await deps.sources.of(project)).filter(
    ({ environment, state }) =>
      state === 'stopped' && (watcher.where.environment ?? environment) === environment,
  );
  const faults = new Map(
    stopped.map((view) => {
      const headline = `${nameOf(view)} stopped sending ${duration(now - view.last)} ago`;
      return [nameOf(view), { since: view.last, headline }];
    }),
  );
  return await tellFaults(
    project,
    watcher,
    stored,
    {
      faults,
      over: (name) => `${name} sends again`,
      next: `curl ${commandServer(deps.address)}/api/v1/sources`,
      url: pageUrl(deps.address, project, '/sources'),
    },
    deps,
  );
}

const nameOf = ({ service, sdk, environment }: SourceView): string =>
  [service || sdk || 'an application', environment].filter(Boolean).join(', ');
