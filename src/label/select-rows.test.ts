import { expect, test } from 'vitest';
import { selectRows } from './select-rows.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const cluster = (members: readonly number[]) => ({
  members,
  persistence: null,
  stability: null,
  cause: null,
  leftover: null,
});

test('selects every row for up to 20,000 failures, members in their order', () => {
  const { rows, ofCluster } = selectRows({ clusters: [cluster([4, 1, 3])] }, 5);
  expect(rows).toEqual([0, 1, 2, 3, 4]);
  expect(ofCluster).toEqual([[4, 1, 3]]);
});

test('selects the first 20,000 of more, and the 200 innermost members of a cluster with few among them', () => {
  const late = range(20_500, 21_000).reverse();
  const { rows, ofCluster } = selectRows(
    { clusters: [cluster(range(19_000, 22_000)), cluster(late)] },
    100_000,
  );
  expect(rows).toEqual([...range(0, 20_000), ...range(20_800, 21_000)]);
  expect(ofCluster[0]).toEqual(range(19_000, 20_000));
  expect(ofCluster[1]).toEqual(range(20_000, 20_200).reverse());
});
