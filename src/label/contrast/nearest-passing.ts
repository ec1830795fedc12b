import { largest } from '../../numeric/statistics/extremes.ts';
import type { Run } from './run.ts';

/** Fewer compare to nothing. */
const FEWEST = 10;
const MOST = 50;
/** How a run began counts a quarter as much as what was asked. */
const STEP_WEIGHT = 0.25;
/** A member takes no run that is less than half as near as its nearest. */
const REACH = 0.5;

/**
 * The passing runs most like the members, so that both have the same mix of requests: up to 50
 * members, spread evenly, take turns, and each takes the nearest run that is left, by what was asked
 * (Jaccard of the words) and by the tools of the first three steps. 10 to 50, in the order taken,
 * ties in the order given; none when fewer than 10 are near. Time is that of 50 × passing at most.
 * Runs are taken together by `runsOf`.
 */
export function nearestPassing(members: readonly Run[], passing: readonly Run[]): Run[] {
  const size = 1 + highest(members, highest(passing, -1));
  const asking = spread(members).map((member) => likeness(member, passing, size));
  const left = asking.map((likenesses) => REACH * largest(likenesses));
  const taken = new Set<number>();
  let found = true;
  while (found && taken.size < MOST) {
    found = false;
    for (const [index, likenesses] of asking.entries()) {
      if (taken.size === MOST) break;
      const nearest = nearestLeft(likenesses, taken, left[index]!);
      if (nearest === null) continue;
      taken.add(nearest);
      found = true;
    }
  }
  return taken.size < FEWEST ? [] : [...taken].map((index) => passing[index]!);
}

function spread(members: readonly Run[]): Run[] {
  const count = Math.min(MOST, members.length);
  return Array.from(
    { length: count },
    (_, index) => members[Math.floor((index * members.length) / count)]!,
  );
}

function nearestLeft(
  likenesses: Float64Array,
  taken: ReadonlySet<number>,
  least: number,
): number | null {
  let nearest: number | null = null;
  let most = 0;
  for (let index = 0; index < likenesses.length; index += 1) {
    const value = likenesses[index]!;
    if (value <= most || value < least || taken.has(index)) continue;
    most = value;
    nearest = index;
  }
  return nearest;
}

function likeness(member: Run, passing: readonly Run[], size: number): Float64Array {
  const words = marks(member.words, size);
  const starts = marks(member.starts, size);
  const likenesses = new Float64Array(passing.length);
  for (const [index, run] of passing.entries()) {
    const common = countIn(run.words, words);
    const asked = common === 0 ? 0 : common / (member.words.length + run.words.length - common);
    const alike = countIn(run.starts, starts);
    const began = alike === 0 ? 0 : alike / Math.max(member.starts.length, run.starts.length);
    likenesses[index] = asked + STEP_WEIGHT * began;
  }
  return likenesses;
}

function highest(runs: readonly Run[], least: number): number {
  let most = least;
  for (const { words, starts } of runs) {
    for (const number of words) if (number > most) most = number;
    for (const number of starts) if (number > most) most = number;
  }
  return most;
}

function marks(numbers: readonly number[], size: number): Uint8Array {
  const marked = new Uint8Array(size);
  for (const number of numbers) marked[number] = 1;
  return marked;
}

/** Every number is within `marked`: reads past the end of a typed array are slow. */
function countIn(numbers: readonly number[], marked: Uint8Array): number {
  let count = 0;
  for (const number of numbers) count += marked[number]!;
  return count;
}
