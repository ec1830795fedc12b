import { expect, test } from 'vitest';
import { rawSpan } from '../../collect/testing/raw.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { StoredBackfill, Workspace } from '../../store/workspace/workspace.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { threadHere } from '../../testing/test-server.ts';
import { eventFeed } from '../events/event-feed.ts';
import { finisher, finishWorkerModule } from '../finish/finisher.ts';
import { projectJobs } from '../jobs/project-jobs.ts';
import { type BackfillsDeps, backfills } from './backfills.ts';

const project = 'shop';
const received = Date.UTC(2026, 6, 1);
const expires = received + 90 * 86_400_000;

/** A project with so many traces that version 1.0.0 judged, and what judges them by the version of the program. */
async function setUp(count: number) {
  let now = received;
  const clock = (): number => now;
  const store = memoryTelemetry();
  const workspace = memoryWorkspace(clock);
  await workspace.ensureProject(project, project);
  const feed = await eventFeed({ log: workspace.events, clock });
  const errors: unknown[] = [];
  const judging = finisher(() => threadHere(finishWorkerModule()));
  const judgeBy = (version: string): void =>
    judging.judge(project, {
      options: { scores: [], stepBudget: 50, policy: null },
      ...{ model: null, version },
    });
  /** Receives a trace, which this version judges. */
  const add = async (traceId: string, version: string): Promise<void> => {
    judgeBy(version);
    const span = rawSpan({ traceId, spanId: 's', statusCode: 'error' });
    await store.insert({
      records: [
        {
          ...{ project, traceId, format: 'test', received, expires },
          record: { kind: 'span', span },
        },
      ],
    });
    const { rows: stored } = await store.unfinished(project, [traceId]);
    const trace = { project, traceId, format: 'test', anchor: received, version: 1, received };
    const { rows } = await judging.finish({
      traces: [{ ...trace, expires, weight: 1, places: null, scores: [] }],
      stored: [stored],
    });
    await store.insert(rows);
  };
  for (let nth = 0; nth < count; nth++) await add(`t${1000 + nth}`, '1.0.0');
  /** Ids of traces that were judged again, by whatever process. */
  const judged: string[] = [];
  /** A process of that version, with a queue of its own; the traces are those of all. */
  const process = async (version: string, more: Partial<BackfillsDeps> = {}) => {
    const own: Workspace = {
      ...memoryWorkspace(clock),
      backfills: workspace.backfills,
      projects: workspace.projects,
    };
    const jobs = projectJobs({
      ...{ queue: own.jobs, feed, clock },
      onError: (error) => errors.push(error),
    });
    const made = backfills({
      ...{ store, workspace: own, jobs, feed, clock, version },
      finisher: {
        async finish(batch) {
          judged.push(...batch.traces.map(({ traceId }) => traceId));
          return await judging.finish(batch);
        },
      },
      projects: {
        async of() {
          judgeBy(version);
          return { judgedBy: version } as never;
        },
      },
      ...{ isBusy: () => false, pause: async () => {}, onEnd: async () => {} },
      onError: (error) => errors.push(error),
      ...more,
    });
    await made.work();
    return {
      ...made,
      jobs,
      async run() {
        await made.requestDue();
        await made.ended(project);
      },
      states: async () => (await jobs.list(project, 9)).map(({ state }) => state),
    };
  };
  return {
    ...{ store, errors, process, add, judged, judgeBy },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    record: (): Promise<StoredBackfill | null> => workspace.backfills.latest(project),
    /** How many traces each version judged. */
    versions: () =>
      Object.fromEntries(
        Object.entries(
          Object.groupBy([...store.rows.traces.values()], (row) => row.detectorVersion),
        ).map(([version, rows]) => [version, rows?.length]),
      ),
  };
}

test('after an upgrade every trace is judged by the new version, once, and only then', async () => {
  const { process, versions, record, judged } = await setUp(450);
  const seen: unknown[] = [];
  let isBusy = true;
  const made = await process('1.1.0', {
    isBusy: () => isBusy,
    async pause() {
      seen.push(await made.mixed(project));
      isBusy = false;
    },
    onEnd: async (of) => void seen.push(of, versions()),
  });
  expect(await made.mixed(project)).toBe(null);
  await made.run();
  expect(seen).toEqual([{ older: 450, traces: 450, isRunning: true }, project, { '1.1.0': 450 }]);
  expect(await record()).toMatchObject({ judgedBy: '1.1.0', traces: 450, older: 0 });
  expect(await made.mixed(project)).toBe(null);
  await made.run();
  expect(await made.states()).toEqual(['done']);
  expect(judged).toHaveLength(450);
});

test('it says how far it is', async () => {
  const { process, pass } = await setUp(450);
  const seen: unknown[] = [];
  let looks = 0;
  const made = await process('1.1.0', {
    // Once before each batch.
    isBusy: () => looks++ % 2 === 0,
    async pause() {
      const [job] = await made.jobs.list(project, 1);
      seen.push([(await made.mixed(project))?.older, job?.progress]);
      pass(2_000);
    },
  });
  await made.run();
  expect(seen).toEqual([
    [450, null],
    [250, { step: 'judge', done: 200, total: 450 }],
    [50, { step: 'judge', done: 400, total: 450 }],
  ]);
});

test('one that is killed midway is gone on with, and nothing is judged twice', async () => {
  const { process, versions, judged, errors } = await setUp(450);
  let batches = 0;
  let killed: () => void = () => {};
  const isKilled = new Promise<void>((resolve) => {
    killed = resolve;
  });
  const first = await process('1.1.0', {
    isBusy: () => batches++ === 1,
    pause: () => {
      killed();
      return new Promise(() => {});
    },
  });
  await first.requestDue();
  await isKilled;
  expect(versions()).toEqual({ '1.0.0': 250, '1.1.0': 200 });
  const next = await process('1.1.0');
  await next.run();
  expect(versions()).toEqual({ '1.1.0': 450 });
  expect(judged.toSorted()).toEqual([...new Set(judged)].toSorted());
  expect(errors).toEqual([]);
});

test('what arrives comes first, but does not hold it up for ever', async () => {
  const { process, versions } = await setUp(450);
  const pauses: number[] = [];
  const made = await process('1.1.0', {
    isBusy: () => true,
    pause: async (milliseconds) => void pauses.push(milliseconds),
  });
  await made.run();
  expect(versions()).toEqual({ '1.1.0': 450 });
  const waited = pauses.reduce((sum, each) => sum + each, 0);
  expect(waited).toBe(3 * 10_000);
});

test('one that is cancelled stays so until there is another version', async () => {
  const { process, versions, record } = await setUp(450);
  let batches = 0;
  const made = await process('1.1.0', {
    isBusy: () => batches++ === 1,
    async pause() {
      const [job] = await made.jobs.list(project, 1);
      await made.jobs.cancel(project, job!.id);
    },
  });
  await made.run();
  expect(await made.states()).toEqual(['cancelled']);
  await expect.poll(record).toMatchObject({ ended: received });
  expect(versions()).toEqual({ '1.0.0': 250, '1.1.0': 200 });
  expect(await made.mixed(project)).toMatchObject({ traces: 450, isRunning: false });
  await made.run();
  expect(await made.states()).toEqual(['cancelled']);
  await (await process('1.2.0')).run();
  expect(versions()).toEqual({ '1.2.0': 450 });
});

test('a process that was not upgraded yet takes nothing back', async () => {
  const { process, versions } = await setUp(3);
  await (await process('1.10.0')).run();
  const older = await process('1.9.0');
  await older.run();
  expect(await older.states()).toEqual([]);
  expect(versions()).toEqual({ '1.10.0': 3 });
});

test('what another version judged meanwhile is judged again, too', async () => {
  const { process, versions, add, judgeBy, judged } = await setUp(450);
  let batches = 0;
  const made = await process('1.1.0', {
    isBusy: () => batches++ === 1,
    async pause() {
      // Comes before the traces that are judged already.
      await add('a', '1.0.0');
      judgeBy('1.1.0');
    },
  });
  await made.run();
  expect(versions()).toEqual({ '1.1.0': 451 });
  expect(judged).toHaveLength(451);
});

test('a new model is taken up by the one that runs', async () => {
  const { process, versions, judgeBy, record } = await setUp(450);
  let version = '1.1.0 a';
  let batches = 0;
  const made = await process('1.1.0', {
    projects: {
      async of() {
        judgeBy(version);
        return { judgedBy: version } as never;
      },
    },
    isBusy: () => batches++ === 1,
    async pause() {
      version = '1.1.0 b';
      await made.begin(project, '');
    },
  });
  await made.run();
  expect(await made.states()).toEqual(['done']);
  expect(versions()).toEqual({ '1.1.0 b': 450 });
  expect(await record()).toMatchObject({ judgedBy: '1.1.0 b', older: 0 });
});

test('traces without records are counted, and do not keep it from ending', async () => {
  const { process, versions, store, errors } = await setUp(3);
  store.rows.records.delete(`${project} t1001`);
  const made = await process('1.1.0');
  await made.run();
  expect(await made.states()).toEqual(['done']);
  expect(versions()).toEqual({ '1.0.0': 1, '1.1.0': 2 });
  expect(await made.mixed(project)).toEqual({ older: 1, traces: 3, isRunning: false });
  expect(errors).toEqual([]);
});

test('one that fails says why, and is tried again ten minutes later', async () => {
  const { process, versions, store, pass } = await setUp(3);
  let failing = true;
  const made = await process('1.1.0', {
    store: {
      ...store,
      async insert(rows) {
        if (failing) throw new CulpritError('store_failed', 'the trace store refused');
        await store.insert(rows);
      },
    },
  });
  await made.run();
  expect((await made.jobs.list(project, 1))[0]).toMatchObject({
    ...{ state: 'failed', error: { code: 'store_failed', message: 'the trace store refused' } },
  });
  failing = false;
  pass(9 * 60_000);
  await made.run();
  expect(await made.states()).toEqual(['failed']);
  pass(60_000);
  await made.run();
  expect(await made.states()).toEqual(['done', 'failed']);
  expect(versions()).toEqual({ '1.1.0': 3 });
});

test('an upgrade goes on until all traces are of one package version, whatever models come', async () => {
  const { process, record } = await setUp(3);
  await (await process('1.0.0')).run();
  expect(await record()).toMatchObject({ judgedBy: '1.0.0', replaces: '', older: 0 });
  let version = '1.1.0 a';
  const by = async (): Promise<never> => ({ judgedBy: version }) as never;
  // Nobody does its jobs.
  const stuck = await process('1.1.0', {
    projects: { of: by },
    finisher: { finish: () => new Promise(() => {}) },
  });
  expect(await stuck.isUpgrading(project)).toBe(false);
  await stuck.begin(project, '');
  expect(await stuck.isUpgrading(project)).toBe(true);
  version = '1.1.0 b';
  await stuck.begin(project, '');
  expect(await record()).toMatchObject({ judgedBy: '1.1.0 b', replaces: '1.0.0', older: 3 });
  expect(await stuck.isUpgrading(project)).toBe(true);
  const next = await process('1.1.0');
  await next.run();
  expect(await next.isUpgrading(project)).toBe(false);
  version = '1.1.0 c';
  await stuck.begin(project, '');
  expect(await record()).toMatchObject({ replaces: '1.1.0', ended: null });
  expect(await stuck.isUpgrading(project)).toBe(false);
});
