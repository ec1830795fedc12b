import type { WatcherSettings } from '../../contract/watcher.ts';
import type { WatchedStretches } from '../../store/telemetry/telemetry.ts';
import { MEMORY, STRETCH } from '../../watch/watch.ts';
import { DELAY, figureOf, filterOf, type WatchRunDeps } from './watch-run.ts';

/** Days that are looked back at. */
export const PREVIEW = 30;

/** What a watcher would have seen within the last days, and what it would have learned from before. */
export async function pastSeries(
  project: string,
  settings: WatcherSettings,
  {
    store,
    clock,
    causesOf,
  }: Pick<WatchRunDeps, 'clock' | 'causesOf'> & {
    readonly store: Pick<WatchRunDeps['store'], 'stretches'>;
  },
): Promise<{ readonly stretches: WatchedStretches; readonly from: number }> {
  const to = Math.floor((clock() - DELAY) / STRETCH) * STRETCH;
  const from = to - PREVIEW * 86_400_000;
  const stretches = await store.stretches(
    { ...filterOf(project, settings), from: from - MEMORY * STRETCH, to },
    figureOf(settings.of, await causesOf(project)),
  );
  return { stretches, from };
}
