import type { Contrast } from '../../contract/contrast.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import { causeParts } from '../../text/cause.ts';
import { statementText } from '../../text/statement.ts';
import { firstDivergence } from './first-divergence.ts';
import { measureContrast } from './measure-contrast.ts';
import type { Run } from './run.ts';

const MOST = 6;
const STEPS = 2;

export interface ReasonsInput {
  readonly members: readonly Failure[];
  /** The signal that names each member's cause. */
  readonly causes: readonly (Signal | null)[];
  /** A signal with the cause that most members share; null if they share no cause. */
  readonly shared: Signal | null;
  /** Runs of the selected members. */
  readonly runs: readonly Run[];
  /** The passing runs most similar to them; none where too few are. */
  readonly nearest: readonly Run[];
  /** How the steps of these differ. */
  readonly contrasts: readonly Contrast[];
}

/**
 * Explains why these failures belong together, in at most six sentences with counts: the shared cause;
 * the differences from the nearest passing traces (first divergence, extra and missing steps, latency and
 * tokens); and other signals that they share.
 */
export function reasons({
  members,
  causes,
  shared,
  runs,
  nearest,
  contrasts,
}: ReasonsInput): string[] {
  return [
    ...causeReason(causes, shared),
    ...differences(runs, nearest, contrasts),
    ...signalReasons(members, causes),
  ].slice(0, MOST);
}

function causeReason(causes: readonly (Signal | null)[], shared: Signal | null): string[] {
  if (shared === null) return [];
  const path = causeParts(shared).join(' › ');
  const sharing = causes.filter((cause) => cause && causeParts(cause).join(' › ') === path).length;
  return [`${sharing} of ${causes.length} have the same cause: ${path}`];
}

function differences(
  runs: readonly Run[],
  nearest: readonly Run[],
  contrasts: readonly Contrast[],
): string[] {
  if (nearest.length === 0) return [];
  const divergence = firstDivergence(runs, nearest);
  const said = (contrast: Contrast): boolean =>
    divergence !== null &&
    contrast.tool === divergence.step?.tool &&
    contrast.event === (divergence.step.failed ? 'failed' : 'called') &&
    contrast.failing.count / contrast.failing.of === divergence.share;
  return [
    ...(divergence === null ? [] : [divergence.sentence]),
    ...contrasts
      .filter((contrast) => !said(contrast))
      .slice(0, STEPS)
      .map(({ sentence }) => sentence),
    ...measureContrast(runs, nearest),
  ];
}

/** What other detectors say of at least half of the members. */
function signalReasons(members: readonly Failure[], causes: readonly (Signal | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const [index, { signals }] of members.entries())
    for (const said of new Set(
      signals
        .filter(({ detector }) => detector !== causes[index]?.detector)
        .map(({ statement }) => statementText(statement)),
    ))
      counts.set(said, (counts.get(said) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * 2 >= members.length)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3)
    .map(([said, count]) => `${count} of ${members.length} also have this: ${said}`);
}
