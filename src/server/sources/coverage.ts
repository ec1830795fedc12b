import type { StoredFunnel } from '../../store/telemetry/telemetry.ts';

/** How many records or traces reached a stage, and why the rest of the stage before did not. */
export interface CoverageStage {
  readonly name: string;
  readonly unit: 'records' | 'traces';
  readonly count: number;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
}

export interface CoverageCounts {
  /** Records of all projects since the process began: accepted, and not taken by reason. */
  readonly received: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Traces of all projects: still arriving; that could not be assembled; without a span. */
  readonly openTraces: number;
  readonly broken: number;
  readonly spanless: number;
  /** Of the project. */
  readonly funnel: Pick<StoredFunnel, 'traces' | 'eligible' | 'failed' | 'suspects'>;
  /** What became of its failed traces in the latest analysis; [] before the first. */
  readonly analyzed: readonly Omit<CoverageStage, 'unit'>[];
}

/** The way of what was sent, from the first byte to a cause, with the reason of every drop. */
export function coverage(counts: CoverageCounts): readonly CoverageStage[] {
  const { received, rejected, openTraces, broken, spanless, funnel, analyzed } = counts;
  const { traces, eligible, failed, suspects } = funnel;
  const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return [
    stage('received', 'records', received + refused, {}),
    stage('accepted', 'records', received, rejected),
    stage('stored', 'traces', traces, {
      'still arriving': openTraces,
      'could not be assembled': broken,
      'no span': spanless,
    }),
    stage('eligible', 'traces', eligible, { 'nothing recorded to examine': traces - eligible }),
    stage('failed', 'traces', failed, {
      'suspect, but nothing says that they failed': suspects,
      'no sign of failure': eligible - failed - suspects,
    }),
    ...analyzed
      .filter(({ name }) => AFTER_FAILED.has(name))
      .map((each): CoverageStage => ({ ...each, unit: 'traces' })),
  ];
}

const AFTER_FAILED: ReadonlySet<string> = new Set(['sampled', 'embedded', 'clustered', 'labeled']);

const stage = (
  name: string,
  unit: CoverageStage['unit'],
  count: number,
  dropped: Readonly<Record<string, number>>,
): CoverageStage => ({
  name,
  unit,
  count,
  dropped: Object.entries(dropped).flatMap(([reason, lost]) =>
    lost > 0 ? [{ reason, count: lost }] : [],
  ),
});
