import type { Watcher } from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import type { Judges, JudgeView } from '../judging/judges.ts';
import { commandServer, pageUrl } from './server-links.ts';
import { tellFaults } from './tell-faults.ts';
import type { WatchRunDeps } from './watch-run.ts';

export interface JudgeWatchDeps extends Pick<WatchRunDeps, 'workspace' | 'clock' | 'address'> {
  readonly judges: Pick<Judges, 'views'>;
}

/** Tells of each online judge that stopped or went blind, and of each that works again. @returns Whether there was one. */
export async function watchJudges(
  project: string,
  watcher: Watcher,
  stored: StoredWatcherState | undefined,
  deps: JudgeWatchDeps,
): Promise<boolean> {
  if (watcher.isPaused) return false;
  const views = (await deps.judges.views(project)).filter(
    ({ settings }) => (watcher.where.environment ?? settings.environment) === settings.environment,
  );
  const faults = new Map(
    views
      .filter(({ state }) => state === 'stopped' || state === 'blind')
      .map((view) => [view.name, { since: view.since, headline: headlineOf(view) }]),
  );
  return await tellFaults(
    project,
    watcher,
    stored,
    {
      faults,
      over: (name) => `The judge ${name} works again`,
      next: `curl ${commandServer(deps.address)}/api/v1/judges`,
      url: pageUrl(deps.address, project, '/watch'),
    },
    deps,
  );
}

const headlineOf = ({ name, state, reason }: JudgeView): string =>
  `The judge ${name} ${state === 'blind' ? 'is blind' : 'has stopped'}: ${reason}`;
