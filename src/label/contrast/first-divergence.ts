import { fisherExact } from '../../numeric/statistics/fisher-exact.ts';
import { percent } from '../../text/format.ts';
import { mostFrequent } from '../most-frequent.ts';
import type { Run } from './run.ts';
import type { PathStep } from './tool-path.ts';

const TYPICAL = 0.3;
const CLEAR_DIFFERENCE = 0.3;
const SIGNIFICANT = 0.05;

export interface Divergence {
  readonly sentence: string;
  /** The members' step at this point; null if their run ends. */
  readonly step: PathStep | null;
  /** Share of the members that take it. */
  readonly share: number;
}

/**
 * Finds the first step at which the members' most common path departs from that of the nearest passing
 * runs, as a sentence. Null if either side has no path that 30% take, if the paths are the same,
 * if half of the passing runs take that step too, or if the members do not take it clearly more
 * often (30 points, p < 0.05 by Fisher's exact test).
 */
export function firstDivergence(
  members: readonly Run[],
  nearest: readonly Run[],
): Divergence | null {
  const here = typicalPath(members);
  const there = typicalPath(nearest);
  if (here === null || there === null) return null;
  let at = 0;
  while (at < here.length && at < there.length && same(here[at]!, there[at]!)) at += 1;
  if (at === here.length && at === there.length) return null;

  const inside = countOnPath(members, here, at);
  const outside = countOnPath(nearest, here, at);
  const share = inside / members.length;
  const usualShare = outside / nearest.length;
  if (usualShare >= 0.5 || share - usualShare < CLEAR_DIFFERENCE) return null;
  if (fisherExact(inside, members.length, outside, nearest.length) >= SIGNIFICANT) return null;
  const shares = `${percent(share)} of these failures, ${percent(usualShare)} of the nearest passing traces`;
  return {
    sentence: `First differs at step ${at + 1}: ${difference(here, there, at)} (${shares})`,
    step: here[at] ?? null,
    share,
  };
}

function typicalPath(runs: readonly Run[]): readonly PathStep[] | null {
  const keys = runs.map(({ steps }) => keyOf(steps));
  const mode = mostFrequent(keys);
  if (mode === null || mode.count < TYPICAL * runs.length) return null;
  return runs[keys.indexOf(mode.value)]!.steps;
}

const keyOf = (steps: readonly PathStep[]): string =>
  steps.map(({ tool, failed }) => `${failed ? '!' : ''}${tool}`).join('\n');

const same = (a: PathStep, b: PathStep): boolean => a.tool === b.tool && a.failed === b.failed;

/** Counts the runs that take the path's steps 0 to `at`; the end of the path counts as a step. */
const countOnPath = (runs: readonly Run[], path: readonly PathStep[], at: number): number =>
  runs.filter(({ steps }) => {
    if (at === path.length && steps.length !== at) return false;
    return path.slice(0, at + 1).every((step, index) => {
      const other = steps[index];
      return other !== undefined && same(step, other);
    });
  }).length;

function difference(here: readonly PathStep[], there: readonly PathStep[], at: number): string {
  const step = here[at];
  const usual = there[at];
  if (step === undefined)
    return at === 0
      ? `no tool is called where passing runs call \`${usual!.tool}\``
      : `the run ends without calling \`${usual!.tool}\``;
  if (usual === undefined)
    return `${calledAndFailed(step)} where passing runs ${at === 0 ? 'call no tool' : 'end'}`;
  if (step.tool === usual.tool)
    return step.failed ? `\`${step.tool}\` fails` : `\`${step.tool}\` does not fail`;
  const skips = there.slice(at).some(({ tool }) => tool === step.tool);
  const adds = here.slice(at).some(({ tool }) => tool === usual.tool);
  const how = skips && !adds ? 'without' : adds && !skips ? 'before' : 'instead of';
  return `${calledAndFailed(step)} ${how} \`${usual.tool}\``;
}

const calledAndFailed = ({ tool, failed }: PathStep): string =>
  `\`${tool}\` is called${failed ? ' and fails' : ''}`;
