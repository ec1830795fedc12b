import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { Json } from '../../contract/json.ts';
import type { Watched, Watcher, WatcherSettings } from '../../contract/watcher.ts';
import type {
  TelemetryStore,
  TraceFilter,
  WatchedFigure,
} from '../../store/telemetry/telemetry.ts';
import type {
  StoredIncident,
  StoredWatcherState,
  Workspace,
} from '../../store/workspace/workspace.ts';
import {
  advance,
  alertHeadline,
  decomposeMean,
  MEMORY,
  newWatcherState,
  STRETCH,
  seriesOf,
  type WatchEvent,
  type WatcherState,
  watchingOf,
} from '../../watch/watch.ts';

import { commandServer, pageUrl } from './server-links.ts';

/** A cause of the rolling clustering as people have decided: with all the ids that were merged into it. */
export interface WatchedCause {
  readonly id: string;
  readonly title: string;
  readonly ids: readonly string[];
}

export interface WatchRunDeps {
  readonly store: Pick<TelemetryStore, 'stretches' | 'valuesByCause' | 'newest'>;
  readonly workspace: Pick<Workspace, 'watch'>;
  readonly causesOf: (project: string) => Promise<readonly WatchedCause[]>;
  /** Begins a session about an incident; once, however often it is asked for. */
  readonly beginSession: (alert: Alert) => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Where the server is reached; null where that is not known. */
  readonly address: string | null;
}

/** Traces end, are judged and assigned some time after they begin: the last stretch is read when it is this old. */
export const DELAY = STRETCH;

/**
 * Reads one watcher on to the last stretch that is complete, and keeps what it found with the messages about it. Whatever
 * happens in between, and whoever else does the same, each message is kept once.
 * @returns Whether something opened or ended.
 */
export async function runWatcher(
  project: string,
  watcher: Watcher,
  stored: StoredWatcherState | undefined,
  deps: WatchRunDeps,
): Promise<boolean> {
  const { store, workspace, clock } = deps;
  const watching = watchingOf(watcher);
  if (watching === null || watcher.isPaused) return false;
  const until = Math.floor((clock() - DELAY) / STRETCH) * STRETCH;
  const before =
    (stored?.state as unknown as WatcherState | undefined) ??
    newWatcherState(until - MEMORY * STRETCH);
  if (before.until >= until) return false;
  const causes = await deps.causesOf(project);
  const figure = figureOf(watcher.of, causes);
  const filter = filterOf(project, watcher);
  const from = Math.max(before.begin, before.until - MEMORY * STRETCH);
  const stretches = await store.stretches({ ...filter, from, to: until }, figure);
  const { state, events } = advance(watching, seriesOf(stretches), before, until);
  // What was before the watcher tells it what is usual; nobody is told of it.
  const told = stored === undefined ? [] : events;
  const alerts: Alert[] = [];
  for (const event of told) alerts.push(await alertOf(event, { project, watcher, causes, deps }));
  // Before the incident is kept: of what is found twice, both are there once.
  for (const alert of alerts)
    if (alert.kind === 'opened' && IN_TRACES.has(watcher.of.kind)) await deps.beginSession(alert);
  return (
    (await workspace.watch.keepProgress(
      project,
      watcher.id,
      {
        from: stored?.until ?? null,
        until: state.until,
        state: (stored === undefined ? { ...state, incident: null } : state) as unknown as Json,
        incidents: alerts.map((alert, at) => incidentOf(alert, told[at]?.kind ?? 'opened')),
        deliveries: alerts.flatMap((alert) => deliveriesOf(alert, watcher.channels)),
      },
      clock(),
    )) && alerts.length > 0
  );
}

/** What the traces of the time explain. */
const IN_TRACES: ReadonlySet<Watched['kind']> = new Set(['failures', 'novelty', 'cause', 'score']);

export const deliveriesOf = (alert: Alert, channels: readonly string[]) =>
  channels.map((channel) => ({
    id: `${alert.project} ${alert.incident} ${alert.kind} ${channel}`,
    ...{ channel, alert },
  }));

export const incidentOf = (alert: Alert, kind: WatchEvent['kind']): StoredIncident => ({
  ...{ id: alert.incident, watcher: alert.watcher.id, start: alert.since, alert },
  ended: kind === 'opened' ? null : alert.at,
  end: kind === 'opened' ? null : kind,
});

/** The traces that a watcher looks at. */
export const filterOf = (project: string, { where }: WatcherSettings): TraceFilter => ({
  project,
  ...Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined)),
});

export function figureOf(of: Watched, causes: readonly WatchedCause[]): WatchedFigure {
  switch (of.kind) {
    case 'score':
      return { of: 'score', score: of.score };
    case 'cause':
      return { of: 'causes', causes: causes.find(({ id }) => id === of.cause)?.ids ?? [of.cause] };
    case 'sources':
    case 'versions':
      throw new Error(`${of.kind} have no series`);
    default:
      return { of: of.kind };
  }
}

interface AlertGiven {
  readonly project: string;
  readonly watcher: Watcher;
  readonly causes: readonly WatchedCause[];
  readonly deps: WatchRunDeps;
}

async function alertOf(
  { kind, at, value, incident }: WatchEvent,
  { project, watcher, causes, deps }: AlertGiven,
): Promise<Alert> {
  const { id, name, of, owner } = watcher;
  const moved =
    of.kind === 'score'
      ? await movedBy(of.score, filterOf(project, watcher), at, causes, deps)
      : null;
  const own = of.kind === 'cause' ? causes.find((cause) => cause.id === of.cause) : undefined;
  const [first] = moved?.causes ?? [];
  const { items } = await deps.store.newest(
    {
      ...filterOf(project, watcher),
      ...exampleFilter(of, first?.id ?? own?.id),
      ...{ from: incident.start - WINDOW, to: at },
    },
    { limit: EXAMPLES },
  );
  return {
    alertVersion: ALERT_VERSION,
    ...{ kind, at, since: incident.start, incident: `${id}-${incident.start}`, project, owner },
    watcher: { id, name, of },
    headline: alertHeadline(kind, of, own?.title ?? name, { ...incident, value }),
    ...{ value, usual: incident.usual },
    causes:
      moved?.causes ?? (own === undefined ? [] : [{ id: own.id, title: own.title, change: null }]),
    unexplained: moved?.unexplained ?? null,
    traces: items.map(({ traceId }) => traceId),
    next: `culprit analyze --from ${commandServer(deps.address)} --project ${project} --since 1d`,
    url: pageUrl(deps.address, project, '/watch'),
    digest: null,
  };
}

const EXAMPLES = 3;
/** Milliseconds before an alert that it is about. */
const WINDOW = 6 * 3_600_000;
const DAY = 86_400_000;
/** What an alert is compared with. */
const COMPARED = 14 * DAY;

const exampleFilter = (of: Watched, cause: string | undefined): Partial<TraceFilter> => {
  if (cause !== undefined) return { cause };
  if (of.kind === 'failures') return { failed: true };
  if (of.kind === 'novelty') return { failed: true, cause: '' };
  return {};
};

/** The causes that moved the mean of a score from the two weeks before to the window of the alert. */
async function movedBy(
  score: string,
  filter: TraceFilter,
  at: number,
  causes: readonly WatchedCause[],
  { store }: WatchRunDeps,
): Promise<Pick<Alert, 'causes' | 'unexplained'> | null> {
  const sides = await Promise.all([
    store.valuesByCause({ ...filter, from: at - WINDOW - COMPARED, to: at - WINDOW }, score),
    store.valuesByCause({ ...filter, from: at - WINDOW, to: at }, score),
  ]);
  const survivor = new Map(causes.flatMap(({ id, ids }) => ids.map((each) => [each, id] as const)));
  const titles = new Map(causes.map(({ id, title }) => [id, title]));
  const keyOf = (cause: string): string => survivor.get(cause) ?? cause;
  const keys = new Set(sides.flat().map(({ cause }) => keyOf(cause)));
  const side = (index: 0 | 1, key: string) =>
    sides[index]
      .filter(({ cause }) => keyOf(cause) === key)
      .reduce(
        (sum, { count, total, squares }) => ({
          count: sum.count + count,
          total: sum.total + total,
          squares: sum.squares + squares,
        }),
        { count: 0, total: 0, squares: 0 },
      );
  const found = decomposeMean(
    [...keys]
      .sort()
      .map((key) => ({ cause: key === '' ? null : key, before: side(0, key), now: side(1, key) })),
  );
  if (found === null) return null;
  return {
    causes: found.causes.map(({ cause, change }) => ({
      ...{ id: cause, title: titles.get(cause) ?? cause, change },
    })),
    unexplained: found.unexplained,
  };
}
