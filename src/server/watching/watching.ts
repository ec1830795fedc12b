import { ALERT_VERSION, type Alert } from '../../contract/alert.ts';
import type { Watcher } from '../../contract/watcher.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import type { StoredWatcherState, Workspace } from '../../store/workspace/workspace.ts';
import { defaultWatchers } from '../../watch/watch.ts';
import type { Backfills } from '../backfill/backfills.ts';
import type { DiskFull } from '../disk-space.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Judges } from '../judging/judges.ts';
import type { Sources } from '../sources/sources.ts';
import type { Channels } from './channels/open-channels.ts';
import { deliverDue } from './deliver.ts';
import { watchJudges } from './judge-watch.ts';
import { runSources } from './source-run.ts';
import { runVersions, type VersionRunDeps, watchesVersions } from './versions/version-run.ts';
import { runWatcher, type WatchedCause } from './watch-run.ts';

export interface WatchingDeps extends Pick<VersionRunDeps, 'comparisons' | 'sessions'> {
  readonly store: Pick<
    TelemetryStore,
    'stretches' | 'valuesByCause' | 'newest' | 'valueCounts' | 'versions'
  >;
  readonly workspace: Pick<Workspace, 'projects' | 'judges'> & VersionRunDeps['workspace'];
  readonly sources: Pick<Sources, 'of'>;
  readonly judges: Pick<Judges, 'views'>;
  readonly diskFull: DiskFull;
  readonly backfills: Pick<Backfills, 'isUpgrading'>;
  readonly feed: Pick<EventFeed, 'add'>;
  readonly channels: Channels;
  readonly causesOf: (project: string) => Promise<readonly WatchedCause[]>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly beginSession: (alert: Alert) => Promise<void>;
  readonly address: string | null;
  readonly onError: (error: unknown) => void;
}

/** Watches all projects. */
export interface Watching {
  readonly channels: Channels;
  /** Reads every watcher on and tells whom it may concern. */
  run(): Promise<void>;
  /** Sends what is due. */
  deliver(): Promise<void>;
  /** Sends a message for a try; resolves when it was sent. @throws Error with why not. */
  test(project: string, channel: string): Promise<void>;
  /** The causes of a project as watchers know them. */
  readonly causesOf: (project: string) => Promise<readonly WatchedCause[]>;
}

/** Milliseconds that watchers may lie behind before that is an alert itself. */
const LATE = 30 * 60_000;

/** Watchers of what detectors find. */
const OF_VERDICTS: ReadonlySet<Watcher['of']['kind']> = new Set(['failures', 'novelty', 'cause']);

/** Milliseconds after which they read on, also while traces of two versions are stored. */
const LONGEST_HOLD = 6 * 3_600_000;

export function watching(deps: WatchingDeps): Watching {
  const { workspace, clock, onError, channels } = deps;

  /** Names of the scores of the last week. Counting them reads a week of traces: once an hour is enough for a new one. */
  const known = new Map<string, { readonly at: number; readonly scores: readonly string[] }>();
  const scoresOf = async (project: string): Promise<readonly string[]> => {
    const now = clock();
    const before = known.get(project);
    if (before !== undefined && now - before.at < HOUR && now >= before.at) return before.scores;
    const counts = await deps.store.valueCounts({ project, from: now - WEEK });
    const scores = counts.flatMap(({ of, value }) => (of === 'score' ? [value] : []));
    known.set(project, { at: now, scores });
    return scores;
  };

  const runProject = async (project: string): Promise<void> => {
    const causes = await deps.causesOf(project);
    const scores = await scoresOf(project);
    await workspace.watch.addWatchers(
      project,
      defaultWatchers({
        ...{ scores, causes, channels: channels.list.map(({ name }) => name) },
        hasJudges: (await workspace.judges.uses(project)).length > 0,
      }),
    );
    const states = await workspace.watch.watcherStates(project);
    const isUpgrading = await deps.backfills.isUpgrading(project);
    let isChanged = false;
    for (const watcher of await workspace.watch.watchers(project)) {
      const stored = states.get(watcher.id);
      // It reads on once one version has judged all: what another detector finds is no news.
      const isHeld = isUpgrading && OF_VERDICTS.has(watcher.of.kind) && isRecent(stored);
      if (isHeld) continue;
      isChanged = (await runOne(project, watcher, stored, causes)) || isChanged;
    }
    if (isChanged) await deps.feed.add(project, 'incident', {});
  };

  const runOne = (
    project: string,
    watcher: Watcher,
    stored: StoredWatcherState | undefined,
    causes: readonly WatchedCause[],
  ): Promise<boolean> => {
    if (watcher.of.kind === 'sources') return runSources(project, watcher, stored, deps);
    if (watcher.of.kind === 'judges') return watchJudges(project, watcher, stored, deps);
    if (watchesVersions(watcher)) return runVersions(project, watcher, stored, deps);
    return runWatcher(project, watcher, stored, { ...deps, causesOf: async () => causes });
  };

  const isRecent = (stored: StoredWatcherState | undefined): boolean =>
    stored !== undefined && clock() - stored.until < LONGEST_HOLD;

  return {
    channels,
    async run() {
      for (const { id } of await workspace.projects())
        try {
          await runProject(id);
        } catch (error) {
          onError(error);
          await tellLate(id, error, deps);
        }
    },
    async deliver() {
      while ((await deliverDue({ watch: workspace.watch, channels, clock })) > 0);
    },
    causesOf: deps.causesOf,
    async test(project, name) {
      const channel = channels.find(name);
      if (channel === null) throw new Error(`there is no channel ${name}`);
      await channel.send(testAlert(project, clock()), `${project} test ${name} ${clock()}`);
    },
  };
}

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** A run that failed again and again is told once. */
async function tellLate(
  project: string,
  error: unknown,
  { workspace, channels, clock, address }: WatchingDeps,
): Promise<void> {
  const states = await workspace.watch.watcherStates(project);
  const until = Math.max(0, ...states.values().map((state) => state.until));
  if (until === 0 || clock() - until < LATE) return;
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  const incident = `watching-${until}`;
  const alert: Alert = {
    ...{ alertVersion: ALERT_VERSION, kind: 'opened', incident, at: clock(), since: until },
    ...{ project, watcher: { id: 'watching', name: 'Watching', of: { kind: 'sources' } } },
    ...{ owner: '', headline: `Nothing is watched any more: ${reason}` },
    ...{ value: null, usual: null, causes: [], unexplained: null, traces: [], digest: null },
    ...{ next: 'culprit serve', url: address },
  };
  for (const channel of channels.list.map(({ name }) => name))
    await workspace.watch.addDelivery(
      project,
      { id: `${project} ${incident} opened ${channel}`, channel, alert },
      clock(),
    );
}

const testAlert = (project: string, at: number): Alert => ({
  ...{ alertVersion: ALERT_VERSION, kind: 'test', incident: 'test', at, since: at, project },
  watcher: { id: 'test', name: 'Test', of: { kind: 'sources' } },
  ...{ owner: '', headline: 'Alerts of Culprit get here' },
  ...{ value: null, usual: null, causes: [], unexplained: null, traces: [], digest: null },
  ...{ next: 'Nothing needs to be done', url: null },
});
