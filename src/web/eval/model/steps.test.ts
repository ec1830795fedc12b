import { expect, test } from 'vitest';
import type { TargetAnswer } from '../../../contract/eval-target.ts';
import { allOf, answered, lampSuite } from '../../../verify/testing/attempts.ts';
import { evaluated, reportOf } from '../../../verify/testing/evaluated.ts';
import { ruleSteps } from './steps.ts';

const bad = () => answered('A refund comes.');
const good = () => answered('I have sent a new one.');

/** Rule by rule, what a run with a baseline says. */
const marks = async (say: (key: string) => TargetAnswer): Promise<Record<string, string>> => {
  const report = await reportOf(await evaluated(allOf(lampSuite(23)), say, { baseline: 'v4' }));
  return Object.fromEntries(ruleSteps(report).map(({ name, result }) => [name, result]));
};

test('a rule after the one that decided says what holds, or nothing', async () => {
  const worse = await marks((key) => (key.startsWith('baseline') ? good() : bad()));
  expect(worse).toEqual({
    ...{ Complete: 'yes', Guards: 'no', Controls: 'no', Slice: 'none' },
    ...{ 'No relocation': 'yes', 'No veto': 'none' },
  });
  const better = await marks((key) => (key.startsWith('baseline') ? bad() : good()));
  expect(new Set(Object.values(better))).toEqual(new Set(['yes']));
  const same = await marks(good);
  expect(same).toMatchObject({ Guards: 'yes', Slice: 'unsure', 'No veto': 'yes' });
});
