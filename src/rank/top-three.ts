const DRAWS = 2_000;

/**
 * For each cluster the probability that it is among the first three: the share of 2,000 seeded draws in
 * which it is; shares are drawn from a normal approximation of their sampling distribution.
 */
export function topThreeProbabilities(
  clusters: readonly { readonly share: number; readonly factor: number }[],
  effective: number,
  seed: number,
): number[] {
  const hits = new Float64Array(clusters.length);
  const normal = normalFrom(seed);
  const deviations = clusters.map(({ share }) =>
    effective > 0 ? Math.sqrt((share * (1 - share)) / effective) : 0,
  );
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const scored = clusters.map(({ share, factor }, index) => ({
      index,
      priority: factor * (share + deviations[index]! * normal()),
    }));
    scored.sort((a, b) => b.priority - a.priority || a.index - b.index);
    for (const { index } of scored.slice(0, 3)) hits[index]! += 1;
  }
  return Array.from(hits, (count) => count / DRAWS);
}

/** Standard normal numbers (Box–Muller over mulberry32). */
function normalFrom(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
