import { expect } from 'vitest';
import { judgeSettingsSchema } from '../src/contract/online-judge.ts';
import type { Workspace } from '../src/store/workspace/workspace.ts';

/** What a judge may spend is set aside once, also for two that ask at once. */
export async function setsAsideOnce(workspace: Workspace): Promise<void> {
  await workspace.ensureProject('judged', 'Judged');
  const place = { project: 'judged', judge: 'refunds' };
  const { judges } = workspace;
  const settings = judgeSettingsSchema.parse({});
  const budget = { ...settings.budget, callsPerHour: 3, tokensPerDay: 100 };
  await judges.put(place, settings, 1_000);
  await judges.put(place, { ...settings, isPaused: true }, 2_000);
  expect(await judges.uses('judged')).toMatchObject([
    { name: 'refunds', since: 1_000, settings: { isPaused: true }, version: '' },
  ]);
  await judges.put(place, settings, 3_000);
  expect(await judges.uses('judged')).toMatchObject([{ since: 3_000 }]);
  expect(await judges.setVersion(place, 'v1')).toBe(false);
  expect(await judges.setVersion(place, 'v1')).toBe(false);
  expect(await judges.setVersion(place, 'v2')).toBe(true);

  const now = 10 * 3_600_000;
  const wanted = (trace: string, tokens = 30) => ({ trace, tokens, dollars: 0.5 });
  // Of those who ask at once for the same, one gets it.
  const both = await Promise.all(
    [1, 2].map(() => judges.reserve(place, [wanted('a'), wanted('b')], budget, now)),
  );
  const calls = both.flatMap((each) => each.calls);
  expect(calls.map(({ trace }) => trace).sort()).toEqual(['a', 'b']);
  const [a, b] = ['a', 'b'].map((trace) => calls.find((call) => call.trace === trace)!.id);
  expect(await judges.calls(place, now)).toMatchObject({
    spent: { callsPerHour: 2, callsPerDay: 2, tokensPerDay: 60, dollarsPerDay: 1 },
    ...{ failures: 0, lastFailure: null },
  });
  expect((await judges.calls(place, now)).settled.toSorted()).toEqual(['a', 'b']);
  const score = { value: 1, label: 'passes', explanation: 'so', version: 'v2' };
  await judges.settle(a!, { state: 'answered', score, spent: { tokens: 11, dollars: null } });
  expect(await judges.unwritten(place)).toEqual([{ id: a, trace: 'a', score }]);
  await judges.settle(b!, { state: 'failed', error: 'away' });
  expect(await judges.calls(place, now)).toMatchObject({
    spent: { callsPerHour: 2, tokensPerDay: 11, dollarsPerDay: 0.5 },
    ...{ failures: 1, lastFailure: { at: now, error: 'away' }, settled: ['a'] },
  });
  await judges.markWritten([a!]);
  expect(await judges.unwritten(place)).toEqual([]);
  // What was answered is not asked again, what failed once is.
  const again = await judges.reserve(
    place,
    [wanted('a'), wanted('b', 90), wanted('c')],
    budget,
    now,
  );
  expect(again).toEqual({ calls: [], bound: 'tokensPerDay' });
  const third = await judges.reserve(place, [wanted('a'), wanted('b'), wanted('c')], budget, now);
  expect([third.calls.map(({ trace }) => trace), third.bound]).toEqual([['b'], 'callsPerHour']);
  const later = await judges.calls(place, now + 3_600_000);
  expect(later.spent).toMatchObject({ callsPerHour: 0, callsPerDay: 3 });
  expect(later.settled.toSorted()).toEqual(['b']);
  expect(await judges.remove(place)).toBe(true);
  expect(await judges.remove(place)).toBe(false);
  expect(await judges.uses('judged')).toEqual([]);
}
