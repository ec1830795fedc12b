/** z of a two-sided 95% interval. */
const Z95 = 1.959963984540054;

/**
 * Wilson score interval of a proportion (Wilson 1927). `n` may be an effective sample size, so it need not be whole.
 * Without observations, the interval is [0, 1].
 */
export function wilson(proportion: number, n: number, z: number = Z95): readonly [number, number] {
  if (n <= 0) return [0, 1];
  const square = z * z;
  const center = (proportion + square / (2 * n)) / (1 + square / n);
  const half =
    (z / (1 + square / n)) * Math.sqrt((proportion * (1 - proportion)) / n + square / (4 * n * n));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
