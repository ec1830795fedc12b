import { expect, test } from 'vitest';
import { runTrials } from './fix-trials.ts';

/** Trials of each fix of each of the ten causes. */
const TRIALS = 20;

test('the right fix is shown as what works, a wrong one as refuted, and one that moves failures as that, in 95% of trials', async () => {
  const { trials, right, misfiled, lines } = await runTrials(TRIALS);
  process.stdout.write(`${lines.join('\n')}\n`);
  expect(misfiled).toEqual([]);
  for (const [kind, count] of Object.entries(right))
    expect(count, `${kind} of ${trials}`).toBeGreaterThanOrEqual(0.95 * trials);
}, 1_800_000);
