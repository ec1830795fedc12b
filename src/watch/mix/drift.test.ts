import { expect, test } from 'vitest';
import { nextFloat, seedRandom } from '../../numeric/random/random.ts';
import { type DriftTrace, shiftsOf } from './drift.ts';

const TOPICS = [
  'refund money back for my order',
  'track parcel delivery status',
  'change password of account',
  'cancel subscription plan today',
];

/** Traces of four topics and of operations by these shares. */
function traces(
  count: number,
  seed: number,
  topics: readonly number[],
  names: readonly number[],
): DriftTrace[] {
  const state = seedRandom(seed, 0);
  const random = (): number => nextFloat(state);
  const drawn = (shares: readonly number[]): number => {
    const at = random();
    let upTo = 0;
    const place = shares.findIndex((share) => {
      upTo += share;
      return at < upTo;
    });
    return Math.max(0, place);
  };
  return Array.from({ length: count }, () => ({
    operation: `run ${drawn(names)}`,
    input: `${TOPICS[drawn(topics)]} please ${Math.floor(random() * 1e6)}`,
  }));
}

const EVEN = [0.25, 0.25, 0.25, 0.25];
const MANY = Array.from({ length: 50 }, () => 0.02);

test('the same mix is no drift, however many operations there are', () => {
  let alarms = 0;
  for (let seed = 0; seed < 100; seed++)
    alarms += shiftsOf(
      traces(400, 2 * seed, EVEN, MANY),
      traces(400, 2 * seed + 1, EVEN, MANY),
    ).length;
  expect(alarms).toBe(0);
});

test('another mix of operations, or of what is asked, is drift, and is named', () => {
  const before = traces(800, 1, EVEN, [0.5, 0.5]);
  expect(shiftsOf(before, traces(800, 2, EVEN, [0.3, 0.7]))).toMatchObject([
    {
      by: 'operation',
      distance: expect.closeTo(0.2, 1),
      most: { before: expect.closeTo(0.5, 1), after: expect.any(Number) },
    },
  ]);
  const [input] = shiftsOf(before, traces(800, 3, [0.7, 0.1, 0.1, 0.1], [0.5, 0.5]));
  expect(input).toMatchObject({ by: 'input', most: { after: expect.closeTo(0.7, 1) } });
  expect(input?.most.value).toMatch(/refund|money|order/);
});

test('a little drift, and few traces, say nothing', () => {
  expect(shiftsOf(traces(3000, 1, EVEN, [0.5, 0.5]), traces(3000, 2, EVEN, [0.45, 0.55]))).toEqual(
    [],
  );
  expect(shiftsOf(traces(150, 1, EVEN, [1]), traces(800, 2, [1], [0, 1]))).toEqual([]);
});
