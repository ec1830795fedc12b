import type { Run } from './run.ts';

/** Fewer compare to nothing. */
const FEWEST = 10;
const MOST = 50;
/** How a run began counts half as much as what was asked. */
const STEP_WEIGHT = 0.5;
/** Passing runs less than half as near as the tenth nearest are no longer near. */
const REACH = 0.5;

/**
 * The passing runs most like the members by what was asked (weighted Jaccard of the members' word
 * shares with a run's words) and by the tools of their first three steps. Nearest first, ties in the
 * order given; 10 to 50, or none when fewer than 10 have anything in common with the members. Time
 * and memory are linear in both, not in their product. Runs are taken together by `runsOf`.
 */
export function nearestPassing(members: readonly Run[], passing: readonly Run[]): Run[] {
  if (members.length === 0) return [];
  const words = shares(members.map((run) => run.words));
  const total = words.reduce((sum, share) => sum + share, 0);
  const starts = shares(members.map((run) => run.starts));
  const near = passing
    .map((run) => ({
      run,
      similarity:
        wordLikeness(run.words, words, total) + STEP_WEIGHT * startLikeness(run.starts, starts),
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

/** Share of members that have each number. */
function shares(lists: readonly (readonly number[])[]): Float64Array {
  const highest = lists.reduce((most, list) => list.reduce((a, b) => Math.max(a, b), most), -1);
  const counts = new Float64Array(highest + 1);
  for (const list of lists) for (const number of list) counts[number]! += 1;
  return counts.map((count) => count / lists.length);
}

/** Σ min / Σ max of the members' shares and the run's words (1 or 0). */
function wordLikeness(words: readonly number[], of: Float64Array, total: number): number {
  const common = sumAt(words, of);
  return common === 0 ? 0 : common / (total + words.length - common);
}

/** Mean over the run's one to three first steps of the share of members that began alike so far. */
const startLikeness = (starts: readonly number[], of: Float64Array): number =>
  starts.length === 0 ? 0 : sumAt(starts, of) / starts.length;

function sumAt(numbers: readonly number[], shared: Float64Array): number {
  let sum = 0;
  for (const number of numbers) if (number < shared.length) sum += shared[number]!;
  return sum;
}
