import type { Watcher } from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import { duration } from '../../text/format.ts';
import type { DiskFull } from '../disk-space.ts';
import type { SourceView } from '../sources/source-view.ts';
import type { Sources } from '../sources/sources.ts';
import { commandServer, pageUrl } from './server-links.ts';
import { tellFaults } from './tell-faults.ts';
import type { WatchRunDeps } from './watch-run.ts';

export interface SourceRunDeps extends Pick<WatchRunDeps, 'workspace' | 'clock' | 'address'> {
  readonly sources: Pick<Sources, 'of'>;
  readonly diskFull: DiskFull;
}

/**
 * Tells of each application that stopped sending, and of a disk that is full: then nobody's traces are stored; and of each of
 * them once it is over. @returns Whether there was one.
 */
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
  const full = await deps.diskFull();
  const faults = new Map(
    stopped.map((view) => {
      const headline = `${nameOf(view)} stopped sending ${duration(now - view.last)} ago`;
      return [nameOf(view), { since: view.last, headline }];
    }),
  );
  if (full !== null)
    faults.set(DISK, { since: now, headline: `Nothing more can be stored: ${full}` });
  return await tellFaults(
    project,
    watcher,
    stored,
    {
      faults,
      over: (name) =>
        name === DISK ? 'Traces are stored again: the disk has space' : `${name} sends again`,
      next: `curl ${commandServer(deps.address)}/api/v1/sources`,
      url: pageUrl(deps.address, project, '/sources'),
    },
    deps,
  );
}

/** No name of an application: those have no line break. */
const DISK = '\ndisk';

const nameOf = ({ service, sdk, environment }: SourceView): string =>
  [service || sdk || 'an application', environment].filter(Boolean).join(', ');
