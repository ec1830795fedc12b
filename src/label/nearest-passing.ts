import type { Run } from './run.ts';
import type { Step } from './steps.ts';

/** Fewer compare to nothing. */
const FEWEST = 10;
const MOST = 50;
/** How a run began counts half as much as what was asked. */
const STEP_WEIGHT = 0.5;
const FIRST_STEPS = 3;
/** Passing runs less than half as near as the tenth nearest are no longer near. */
const REACH = 0.5;

/**
 * The passing runs most like the members by what was asked (weighted Jaccard of the members' word
 * shares with a run's words) and by the tools of their first three steps. Nearest first, ties in the
 * order given; 10 to 50, or none when fewer than 10 have anything in common with the members. Time
 * and memory are linear in both, not in their product.
 */
export function nearestPassing(members: readonly Run[], passing: readonly Run[]): Run[] {
  if (members.length === 0) return [];
  const words = wordShares(members);
  const total = words.values().reduce((sum, share) => sum + share, 0);
  const starts = startShares(members);
  const near = passing
    .map((run) => ({
      run,
      similarity: wordLikeness(run, words, total) + STEP_WEIGHT * startLikeness(run, starts),
    }))
    .filter(({ similarity }) => similarity > 0)
    .sort((a, b) => b.similarity - a.similarity);
  if (near.length < FEWEST) return [];
  const limit = REACH * near[FEWEST - 1]!.similarity;
  return near
    .slice(0, MOST)
    .filter(({ similarity }) => similarity >= limit)
    .map(({ run }) => run);
}

/** Share of members whose input has each word. */
function wordShares(members: readonly Run[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { words } of members)
    for (const word of words) shares.set(word, (shares.get(word) ?? 0) + 1 / members.length);
  return shares;
}

/** Σ min / Σ max of the members' shares and the run's words (1 or 0). */
function wordLikeness({ words }: Run, shares: ReadonlyMap<string, number>, total: number): number {
  if (words.size === 0 || total === 0) return 0;
  let common = 0;
  for (const word of words) common += shares.get(word) ?? 0;
  return common / (total + words.size - common);
}

/** Share of members that begin with each sequence of one to three tools. */
function startShares(members: readonly Run[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { steps } of members)
    for (const start of startsOf(steps))
      shares.set(start, (shares.get(start) ?? 0) + 1 / members.length);
  return shares;
}

/** Mean over the run's one to three first steps of the share of members that began alike so far. */
function startLikeness({ steps }: Run, shares: ReadonlyMap<string, number>): number {
  const starts = startsOf(steps);
  const alike = starts.reduce((sum, start) => sum + (shares.get(start) ?? 0), 0);
  return starts.length === 0 ? 0 : alike / starts.length;
}

function startsOf(steps: readonly Step[]): string[] {
  const tools = steps.slice(0, FIRST_STEPS).map(({ tool }) => tool);
  return tools.map((_, index) => tools.slice(0, index + 1).join('\n'));
}
