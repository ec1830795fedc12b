import type { TrendRelease } from '../../contract/trend.ts';
import type { TraceFilter } from '../../store/telemetry/telemetry.ts';
import type { Deploy } from '../../store/workspace/workspace.ts';

interface FirstSeen {
  /** '' where it was not recorded. */
  readonly value: string;
  readonly traces: number;
  /** Epoch milliseconds. */
  readonly first: number;
}

/** Deploys, and versions that came without one, when their first trace ran. */
export function wentLive(
  deploys: readonly Deploy[],
  { environment }: Pick<TraceFilter, 'environment'>,
  seen: Readonly<Record<'promptVersion' | 'release', readonly FirstSeen[]>>,
): readonly Omit<TrendRelease, 'group'>[] {
  const here = deploys.filter(
    (deploy) =>
      environment === undefined || deploy.environment === '' || deploy.environment === environment,
  );
  const deployed = here.map(({ at, release, promptVersion, model }) => {
    const dimension = release !== '' ? 'release' : promptVersion !== '' ? 'promptVersion' : 'model';
    return { dimension, value: release || promptVersion || model, time: at, traces: 0 } as const;
  });
  const known = new Set(here.flatMap(({ release, promptVersion }) => [release, promptVersion]));
  const undeployed = (dimension: 'promptVersion' | 'release') =>
    seen[dimension]
      .filter(({ value, traces }) => value !== '' && !known.has(value) && traces >= FEWEST_TRACES)
      .map(({ value, first, traces }) => ({ dimension, value, time: first, traces }));
  return [...deployed, ...undeployed('release'), ...undeployed('promptVersion')]
    .toSorted((a, b) => b.time - a.time)
    .slice(0, MOST_RELEASES);
}

/** Fewer may be a test or a typing mistake. */
const FEWEST_TRACES = 20;
const MOST_RELEASES = 20;
