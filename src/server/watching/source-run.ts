import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { Watcher } from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import { duration } from '../../text/format.ts';
import type { SourceView } from '../sources/source-view.ts';
import type { Sources } from '../sources/sources.ts';
import { commandServer, pageUrl } from './server-links.ts';
import { deliveriesOf, incidentOf, type WatchRunDeps } from './watch-run.ts';

export interface SourceRunDeps extends Pick<WatchRunDeps, 'workspace' | 'clock' | 'address'> {
  readonly sources: Pick<Sources, 'of'>;
}

/** When each source that is stopped sent last, by its name. */
type Stopped = Readonly<Record<string, number>>;

/** Tells of each application that stopped sending, and of each that sends again. @returns Whether there was one. */
export async function runSources(
  project: string,
  watcher: Watcher,
  stored: StoredWatcherState | undefined,
  deps: SourceRunDeps,
): Promise<boolean> {
  if (watcher.isPaused) return false;
  const now = deps.clock();
  const views = (await deps.sources.of(project)).filter(
    ({ environment }) => (watcher.where.environment ?? environment) === environment,
  );
  const stopped: Stopped = Object.fromEntries(
    views.flatMap((view) => (view.state === 'stopped' ? [[nameOf(view), view.last]] : [])),
  );
  const before = (stored?.state ?? {}) as Stopped;
  const told = [
    ...Object.entries(stopped).flatMap(([name, last]) =>
      before[name] === undefined ? [{ kind: 'opened' as const, name, last }] : [],
    ),
    ...Object.entries(before).flatMap(([name, last]) =>
      stopped[name] === undefined ? [{ kind: 'resolved' as const, name, last }] : [],
    ),
  ];
  const alerts = told.map(({ kind, name, last }): Alert => {
    const incident = `${watcher.id}-${last}-${name}`.slice(0, 200);
    const seen =
      kind === 'opened'
        ? `${name} stopped sending ${duration(now - last)} ago`
        : `${name} sends again`;
    return {
      ...{ alertVersion: ALERT_VERSION, kind, at: now, since: last, incident, project },
      watcher: { id: watcher.id, name: watcher.name, of: watcher.of },
      ...{ owner: watcher.owner, headline: seen, value: null, usual: null },
      ...{ causes: [], unexplained: null, traces: [], digest: null },
      next: `curl ${commandServer(deps.address)}/api/v1/sources`,
      url: pageUrl(deps.address, project, '/sources'),
    };
  });
  if (alerts.length === 0 && stored !== undefined) return false;
  return (
    (await deps.workspace.watch.keepProgress(
      project,
      watcher.id,
      {
        ...{ from: stored?.until ?? null, until: now, state: { ...stopped } },
        incidents: alerts.map((alert, at) => incidentOf(alert, told[at]?.kind ?? 'opened')),
        deliveries: alerts.flatMap((alert) => deliveriesOf(alert, watcher.channels)),
      },
      now,
    )) && alerts.length > 0
  );
}

const nameOf = ({ service, sdk, environment }: SourceView): string =>
  [service || sdk || 'an application', environment].filter(Boolean).join(', ');
