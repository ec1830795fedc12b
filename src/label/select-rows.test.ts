import { expect, test } from 'vitest';
import { rowsRead } from './rows-read.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const cluster = (members: readonly number[]) => ({ members, persistence: null, stability: null });

test('up to 20,000 failures are read whole, members in their order', () => {
  const { rows, ofCluster } = rowsRead({ clusters: [cluster([4, 1, 3])] }, 5);
  expect(rows).toEqual([0, 1, 2, 3, 4]);
  expect(ofCluster).toEqual([[4, 1, 3]]);
});

test('of more, the first 20,000 and the innermost 200 of a cluster that has few among them', () => {
  const late = range(20_500, 21_000).reverse();
  const { rows, ofCluster } = rowsRead(
    { clusters: [cluster(range(19_000, 22_000)), cluster(late)] },
    100_000,
  );
  expect(rows).toEqual([...range(0, 20_000), ...range(20_800, 21_000)]);
  expect(ofCluster[0]).toEqual(range(19_000, 20_000));
  expect(ofCluster[1]).toEqual(range(20_000, 20_200).reverse());
});
