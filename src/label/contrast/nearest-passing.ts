import { largest } from '../../numeric/statistics/extremes.ts';
import type { Run } from './run.ts';

/** Fewer are too few to compare with. */
const FEWEST = 10;
const MOST = 50;
/** The first steps of a run count a quarter as much as its input. */
const STEP_WEIGHT = 0.25;
/** A member takes no run that is less than half as similar as its nearest. */
const REACH = 0.5;

/**
 * Selects the passing runs most similar to the members, so that both have the same mix of requests: up to 50
 * evenly spaced members take turns, and each takes the most similar remaining run, by its input
 * (Jaccard index of the words) and by the tools of the first three steps. Returns 10 to 50 runs in the order taken,
 * ties in the order given, or an empty list if fewer than 10 are similar. Cost: at most 50 × passing comparisons.
 * All runs must come from one call of `runsOf`.
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

/** Less than this share of common words is no likeness. */
const LEAST = 0.1;

/**
 * The passing run most similar to one run, the first of equals, with its similarity from 0 to 1; null where none
 * has a tenth of the words in common. All runs must come from one call of `runsOf`.
 */
export function mostSimilar(
  run: Run,
  passing: readonly Run[],
): { readonly index: number; readonly similarity: number } | null {
  const likenesses = likeness(run, passing, 1 + highest([run], highest(passing, -1)));
  const most = largest(likenesses);
  if (!(most >= LEAST)) return null;
  return { index: likenesses.indexOf(most), similarity: most / (1 + STEP_WEIGHT) };
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

/** Every number must be an index of `marked`: reads past the end of a typed array are slow. */
function countIn(numbers: readonly number[], marked: Uint8Array): number {
  let count = 0;
  for (const number of numbers) count += marked[number]!;
  return count;
}
