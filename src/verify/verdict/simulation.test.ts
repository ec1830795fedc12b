import { expect, test } from 'vitest';
import { nextFloat, type RandomState, seedRandom } from '../../numeric/random/random.ts';
import { makeCause } from '../testing/outcomes.ts';
import { judgeRun } from './judge-run.ts';
import type { AttemptOutcome, CaseOutcomes } from './outcomes.ts';

const SUITES = 1_000;
const REPEATS = 5;

/** Attempts that pass with the chance; the others fail with the cause. */
const draw = (random: RandomState, chance: number, cause = 'fixed'): AttemptOutcome[] =>
  Array.from({ length: REPEATS }, () =>
    nextFloat(random) < chance ? { verdict: 'pass' } : { verdict: 'fail', causes: [cause] },
  );

type Drawn = Pick<CaseOutcomes, 'baseline' | 'candidate'>;

/** Verdicts of simulated suites of 3 guards, 5 controls and a slice of 20. */
function simulate(drawn: (random: RandomState, role: CaseOutcomes['role']) => Drawn) {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < SUITES; seed += 1) {
    const random = seedRandom(seed);
    const cases = (['guard', 'control', 'slice'] as const).flatMap((role) =>
      Array.from({ length: { guard: 3, control: 5, slice: 20 }[role] }, (_, index) => ({
        ...{ id: `${role}-${index}`, role, broken: null, isQuarantined: false },
        ...drawn(random, role),
      })),
    );
    const { verdict } = judgeRun([makeCause(cases)]);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return (verdict: string): number => (counts.get(verdict) ?? 0) / SUITES;
}

/** A version against itself, with cases from never to always failing. */
test.each([
  {
    name: 'three in ten cases flaky',
    chance: (random: RandomState, role: string) => mixed(random, role),
  },
  { name: 'all cases flaky', chance: (random: RandomState) => nextFloat(random) },
  {
    name: 'a slice of coin flips',
    chance: (_: RandomState, role: string) => ({ guard: 0, control: 1 })[role] ?? 0.5,
  },
])('A/A, $name: improved or regressed in at most 5%', ({ chance }) => {
  const share = simulate((random, role) => {
    const both = chance(random, role);
    return { baseline: draw(random, both), candidate: draw(random, both) };
  });
  expect(share('improved') + share('regressed') + share('relocated')).toBeLessThanOrEqual(0.05);
});

function mixed(random: RandomState, role: string): number {
  if (nextFloat(random) < 0.3) return nextFloat(random);
  return role === 'control' ? 1 : 0;
}

test('a planted fix of 60% on a slice of 20 is found in at least 95%', () => {
  const share = simulate((random, role) => {
    if (role === 'control') return { baseline: draw(random, 1), candidate: draw(random, 1) };
    const isFixed = nextFloat(random) < 0.6;
    return { baseline: draw(random, 0), candidate: draw(random, isFixed ? 1 : 0) };
  });
  expect(share('improved')).toBeGreaterThanOrEqual(0.95);
});

test('failures that move to another cause are found in at least 95%', () => {
  const share = simulate((random, role) => {
    if (role === 'control') return { baseline: draw(random, 1), candidate: draw(random, 1) };
    const moves = nextFloat(random) < 0.8;
    return {
      baseline: draw(random, 0.05),
      candidate: draw(random, 0.05, moves ? 'agent_loop same call' : 'fixed'),
    };
  });
  expect(share('relocated')).toBeGreaterThanOrEqual(0.95);
});

test('a fix beside other failures is taken for a relocation in at most 5%', () => {
  const others = ['agent_loop same call', 'truncation', 'schema_violation prose around json'];
  const share = simulate((random, role) => {
    if (role === 'control') return { baseline: draw(random, 1), candidate: draw(random, 1) };
    const isFixed = nextFloat(random) < 0.6;
    const other = others[Math.floor(3 * nextFloat(random))]!;
    return {
      baseline: draw(random, 0.05),
      candidate: isFixed ? draw(random, 0.85, other) : draw(random, 0.05),
    };
  });
  expect(share('relocated')).toBeLessThanOrEqual(0.05);
  expect(share('improved')).toBeGreaterThanOrEqual(0.9);
});
