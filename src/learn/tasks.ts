/** What two runs of one task have in common. */
export interface TaskTraits {
  readonly input: string;
  readonly session: string | null;
}

/** Characters of a request that tell one task from another. */
const HEAD = 2_000;

/**
 * Groups runs of one task: those with the same request, case, digits and white space aside, and those of one session.
 * Returns the group of each, numbered from 0 in order.
 */
export function tasksOf(runs: readonly TaskTraits[]): Int32Array {
  const parents = Int32Array.from(runs, (_, index) => index);
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root]!;
    return root;
  };
  const seen = new Map<string, number>();
  const join = (key: string, index: number): void => {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else parents[rootOf(index)] = rootOf(first);
  };
  for (const [index, { input, session }] of runs.entries()) {
    const request = input.slice(0, HEAD).toLowerCase().replace(/\s+/g, ' ').trim();
    if (request !== '') join(`request ${request}`, index);
    if (session !== null) join(`session ${session}`, index);
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(runs, (_, index) => {
    const root = rootOf(index);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}
