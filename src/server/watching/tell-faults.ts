import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { Watcher } from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import { deliveriesOf, incidentOf, type WatchRunDeps } from './watch-run.ts';

/** Something that does not work. */
interface Fault {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly headline: string;
}

export interface FoundFaults {
  /** By the name of what does not work. */
  readonly faults: ReadonlyMap<string, Fault>;
  /** What to say of one that works again. */
  readonly over: (name: string) => string;
  /** A command to go on with. */
  readonly next: string;
  readonly url: string | null;
}

/** Since when each thing does not work, by its name. */
type Known = Readonly<Record<string, number>>;

/** Tells of each fault once when it begins, and once when it is over. @returns Whether there was one to tell of. */
export async function tellFaults(
  project: string,
  watcher: Watcher,
  stored: StoredWatcherState | undefined,
  { faults, over, next, url }: FoundFaults,
  { workspace, clock }: Pick<WatchRunDeps, 'workspace' | 'clock'>,
): Promise<boolean> {
  const now = clock();
  const before = (stored?.state ?? {}) as Known;
  const told = [
    ...[...faults].flatMap(([name, { since, headline }]) =>
      before[name] === undefined ? [{ kind: 'opened' as const, name, since, headline }] : [],
    ),
    ...Object.entries(before).flatMap(([name, since]) =>
      faults.has(name) ? [] : [{ kind: 'resolved' as const, name, since, headline: over(name) }],
    ),
  ];
  const alerts = told.map(({ kind, name, since, headline }): Alert => {
    const incident = `${watcher.id}-${since}-${name}`.slice(0, 200);
    return {
      ...{ alertVersion: ALERT_VERSION, kind, at: now, since, incident, project },
      watcher: { id: watcher.id, name: watcher.name, of: watcher.of },
      ...{ owner: watcher.owner, headline, value: null, usual: null },
      ...{ causes: [], unexplained: null, traces: [], digest: null, next, url },
    };
  });
  if (alerts.length === 0 && stored !== undefined) return false;
  const state: Known = Object.fromEntries(
    [...faults].map(([name, { since }]) => [name, before[name] ?? since]),
  );
  return (
    (await workspace.watch.keepProgress(
      project,
      watcher.id,
      {
        ...{ from: stored?.until ?? null, until: now, state },
        incidents: alerts.map((alert, at) => incidentOf(alert, told[at]?.kind ?? 'opened')),
        deliveries: alerts.flatMap((alert) => deliveriesOf(alert, watcher.channels)),
      },
      now,
    )) && alerts.length > 0
  );
}
