import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { eventFeed } from '../events/event-feed.ts';
import { projectJobs } from '../jobs/project-jobs.ts';
import { analyses } from './analyses.ts';
import type { AnalysisResult } from './analyze-stored.ts';
import { packed } from './frozen-models.ts';
import { rollingWindow, windowFilter } from './rolling-window.ts';

const MINUTE = 60_000;

/** Analyses of a project with a trace, of which each fails with the next of these errors. */
const failing = (errors: readonly CulpritError[]) =>
  hourly(
    (ran) => Promise.reject(errors[Math.min(ran, errors.length - 1)]),
    () => 1,
  );

/** Analyses of a project, once an hour. */
async function hourly(
  analyze: (ran: number) => Promise<AnalysisResult>,
  /** Traces that are stored at a minute. */
  stored: (minute: number) => number,
) {
  let now = 0;
  const clock = (): number => now;
  const workspace = memoryWorkspace(clock);
  await workspace.ensureProject('shop', 'shop');
  const feed = await eventFeed({ log: workspace.events, clock });
  const jobs = projectJobs({ queue: workspace.jobs, feed, clock, onError: () => {} });
  const seen: unknown[] = [];
  let ran = 0;
  const made = analyses({
    ...{ workspace, jobs, feed, clock, pause: 60 * MINUTE },
    store: { ...memoryTelemetry(), count: async () => stored(now / MINUTE) },
    ...{ onModel: () => {}, onAnalysis: async () => {}, newId: () => `a${ran}` },
    analyze: () => analyze(ran++),
    onError: (error) => seen.push(error),
  });
  await made.work();
  return {
    jobs,
    seen,
    standing: () => made.standing('shop'),
    /** Minutes at which an analysis was asked for, looked at once a minute. */
    async minutes(count: number): Promise<readonly number[]> {
      const asked: number[] = [];
      for (let minute = 0; minute < count; minute++, now += MINUTE) {
        const before = ran;
        await made.requestDue();
        const [job] = await jobs.list('shop', 1);
        if (job !== undefined) await jobs.ended(job);
        if (ran > before) asked.push(minute);
      }
      return asked;
    },
  };
}

test('an analysis that fails is tried again after 1, 4, 16 minutes, then each hour, and says why', async () => {
  const busy = new CulpritError('store_busy', 'the trace store refused: no memory');
  const { minutes, jobs, seen, standing } = await failing([busy]);
  expect(await minutes(150)).toEqual([0, 1, 5, 21, 81, 141]);
  const { code, message } = busy;
  expect((await jobs.list('shop', 9)).map(({ state, error }) => [state, error])).toEqual(
    Array(6).fill(['failed', { code, message }]),
  );
  expect(seen).toHaveLength(6);
  const at = 141 * MINUTE;
  expect(await standing()).toEqual({ isRunning: false, failure: { code, message, at } });
});

test('the last 30 days are looked at once they hold enough; until then, everything is', async () => {
  const at = 100 * 86_400_000;
  const window = (stored: number, failed: number) =>
    rollingWindow({ funnel: async () => ({ stored, failed }) as never }, 'shop', at);
  for (const [stored, failed] of [
    [0, 0],
    [1, 1],
    [999, 19],
  ] as const)
    expect(await window(stored, failed)).toEqual({ at, from: null });
  for (const [stored, failed] of [
    [20, 20],
    [1_000, 0],
  ] as const)
    expect(await window(stored, failed)).toEqual({ at, from: 70 * 86_400_000 });
  expect(windowFilter('shop', { at, from: null })).toEqual({
    project: 'shop',
    to: at + 86_400_000,
  });
});

test('where there is nothing to judge, it waits an hour', async () => {
  const { minutes, seen } = await failing([new CulpritError('no_traces', 'nothing')]);
  expect(await minutes(62)).toEqual([0, 60]);
  expect(seen).toEqual([]);
});

test('while a history is imported, it looks again after a minute once the traces have doubled', async () => {
  const nothing: AnalysisResult = {
    ...{ traces: 1, failed: 0, diff: null, tenants: null },
    report: packed({}),
    model: packed({}),
  };
  // 200 at first, 300 from the third minute, 400 from the fifth, 1,000 from the seventh, 1,999 from the tenth.
  const stored = (minute: number): number =>
    minute < 3 ? 200 : minute < 5 ? 300 : minute < 7 ? 400 : minute < 10 ? 1_000 : 1_999;
  const { minutes, seen } = await hourly(() => Promise.resolve(nothing), stored);
  expect(await minutes(70)).toEqual([0, 5, 7, 67]);
  expect(seen).toEqual([]);
});
