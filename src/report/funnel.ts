import type { Detected } from '../contract/detected.ts';
import type { FunnelStage } from '../contract/funnel.ts';
import type { GroupingLevel } from '../contract/grouping.ts';
import type { RecordParts } from './parts.ts';

type Drop = FunnelStage['dropped'][number];

/** received → eligible → failed → sampled → embedded → clustered → labeled, each with the reasons why traces dropped out. */
export function funnelOf(
  { collected, detected, vectors, dimensions, options }: RecordParts,
  level: GroupingLevel,
): FunnelStage[] {
  const broken = collected.files.reduce((sum, file) => sum + file.broken, 0);
  const sampled = detected.failures.length;
  const empty = emptyRows(vectors, dimensions);
  const noise = new Map<string, number>();
  for (const reason of level.noise)
    if (reason !== null && reason !== 'no text in this view')
      noise.set(reason, (noise.get(reason) ?? 0) + 1);
  const clustered = level.assignments.filter((position) => position >= 0).length;
  return [
    stage('received', detected.traces, [drop('unreadable records', broken)]),
    stage('eligible', detected.eligible, [
      drop('nothing recorded to examine', detected.traces - detected.eligible),
    ]),
    ...(options.all ? [] : [failedStage(detected)]),
    stage('sampled', sampled, [drop('beyond the sample size', detected.sampledFrom - sampled)]),
    stage('embedded', sampled - empty, [drop('no text in this view', empty)]),
    stage(
      'clustered',
      clustered,
      [...noise].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, count]) => drop(reason, count)),
    ),
    stage('labeled', clustered, []),
  ];
}

const failedStage = ({ eligible, failed, suspects }: Detected): FunnelStage =>
  stage('failed', failed, [
    drop('suspect, but nothing says that they failed', suspects.count),
    drop('no sign of failure', eligible - failed - suspects.count),
  ]);

const drop = (reason: string, count: number): Drop => ({ reason, count });

const stage = (
  name: FunnelStage['name'],
  count: number,
  dropped: readonly Drop[],
): FunnelStage => ({
  name,
  count,
  dropped: dropped.filter((each) => each.count > 0),
});

function emptyRows(vectors: Float32Array, dimensions: number): number {
  let empty = 0;
  for (let from = 0; from < vectors.length; from += dimensions)
    if (!vectors.subarray(from, from + dimensions).some((value) => value !== 0)) empty += 1;
  return empty;
}
