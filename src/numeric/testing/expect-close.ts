import { expect } from 'vitest';

/** Fails at the first entry that differs by more than tolerance × max(1, |expected|). */
export function expectClose(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const delta = Math.abs(got[i]! - expected[i]!);
    if (!(delta <= tolerance * Math.max(1, Math.abs(expected[i]!))))
      expect.fail(
        `entry ${i}: got ${got[i]}, expected ${expected[i]}, delta ${delta}, tolerance ${tolerance}`,
      );
  }
}

/** The same grouping under other names: cluster numbers in order of first appearance, −1 kept. */
export function renumber(labels: ArrayLike<number>): number[] {
  const names = new Map([[-1, -1]]);
  return Array.from(labels, (label) => {
    const name = names.get(label) ?? names.size - 1;
    names.set(label, name);
    return name;
  });
}
