import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type JobOutcome,
  openWorkspace,
  type RunningJob,
  type Workspace,
} from '../src/store/workspace/workspace.ts';
import { postgresHome, startPostgres, type TestPostgres } from './postgres.ts';

const home = postgresHome();
const given = process.env['DATABASE_TEST_URL'];
const folder = mkdtempSync(join(tmpdir(), 'culprit-jobs-'));
let server: TestPostgres | null = null;
const urlOf = async (): Promise<string> => {
  if (given !== undefined) return given;
  server ??= await startPostgres(home!);
  return server.url;
};
afterAll(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hasServer = given !== undefined || home !== null;
if (!hasServer) console.warn('skipped: there is no PostgreSQL on this machine');

const soon = { timeout: 40_000, interval: 50 };
const DONE: JobOutcome = { result: { analysis: 'a' }, error: null };

/** Work that a test lets end. */
function gate() {
  const running: RunningJob[] = [];
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const work = async (job: RunningJob): Promise<JobOutcome> => {
    running.push(job);
    await Promise.race([opened, once(job.signal, 'abort')]);
    job.signal.throwIfAborted();
    return DONE;
  };
  return { running, work, open: () => open() };
}

describe.each([
  { name: 'embedded', isThere: true, open: () => openWorkspace({ folder }) },
  {
    name: 'PostgreSQL',
    isThere: hasServer,
    open: async () => openWorkspace({ url: await urlOf() }),
  },
])('jobs, $name', ({ isThere, open }) => {
  let workspace: Workspace;
  const { running, work, open: letEnd } = gate();
  beforeAll(async () => {
    if (!isThere) return;
    workspace = await open();
    await workspace.jobs.work('analysis', (job) =>
      job.project.startsWith('slow') ? work(job) : Promise.resolve(outcomes[job.project] ?? DONE),
    );
  }, 120_000);
  afterAll(() => workspace?.close());
  const outcomes: Record<string, JobOutcome> = {
    empty: { result: null, error: { code: 'no_traces', message: 'nothing' } },
  };

  test.runIf(isThere)(
    'a job is done, and says what it made',
    async () => {
      const job = await workspace.jobs.add('analysis', 'shop', 'ann');
      expect(job).toMatchObject({ kind: 'analysis', project: 'shop', by: 'ann', progress: null });
      await vi.waitFor(async () => {
        expect(await workspace.jobs.find('shop', job.id)).toMatchObject({
          ...{ state: 'done', result: { analysis: 'a' }, error: null },
          ended: expect.any(Number),
        });
      }, soon);
      expect(await workspace.jobs.find('other', job.id)).toBe(null);
      expect(await workspace.jobs.find('shop', 'no id')).toBe(null);
      expect(await workspace.jobs.cancel('shop', job.id)).toBe(false);
    },
    60_000,
  );

  test.runIf(isThere)(
    'a job that fails says why',
    async () => {
      const { id } = await workspace.jobs.add('analysis', 'empty', '');
      await vi.waitFor(async () => {
        expect(await workspace.jobs.find('empty', id)).toMatchObject({
          ...{ state: 'failed', result: null, error: { code: 'no_traces', message: 'nothing' } },
        });
      }, soon);
    },
    60_000,
  );

  test.runIf(isThere)(
    'a project has one at a time; it can be watched and cancelled',
    async () => {
      const first = await workspace.jobs.add('analysis', 'slow', 'ann');
      await vi.waitFor(() => expect(running.at(-1)?.id).toBe(first.id), soon);
      const again = await Promise.all([
        workspace.jobs.add('analysis', 'slow', 'bob'),
        workspace.jobs.add('analysis', 'slow', 'bob'),
      ]);
      expect(again.map(({ id, by }) => [id, by])).toEqual([
        [first.id, 'ann'],
        [first.id, 'ann'],
      ]);
      await running.at(-1)?.progress({ step: 'detect', done: 1, total: 2 });
      expect(await workspace.jobs.find('slow', first.id)).toMatchObject({
        ...{ state: 'running', progress: { step: 'detect', done: 1, total: 2 } },
      });
      expect(await workspace.jobs.cancel('slow', first.id)).toBe(true);
      await vi.waitFor(() => expect(running.at(-1)?.signal.aborted).toBe(true), soon);
      expect((await workspace.jobs.list('slow', 9)).map(({ state }) => state)).toEqual([
        'cancelled',
      ]);
    },
    60_000,
  );

  test.runIf(isThere)(
    'what runs when the process stops is done again by the next',
    async () => {
      const { id } = await workspace.jobs.add('analysis', 'slow-restart', '');
      await vi.waitFor(() => expect(running.at(-1)?.id).toBe(id), soon);
      await workspace.close();
      workspace = await open();
      letEnd();
      await workspace.jobs.work('analysis', work);
      await vi.waitFor(async () => {
        expect(await workspace.jobs.find('slow-restart', id)).toMatchObject({ state: 'done' });
      }, soon);
      expect(running.filter((job) => job.id === id)).toHaveLength(2);
    },
    90_000,
  );
});

describe.runIf(hasServer)('two processes at one PostgreSQL', () => {
  test('do each job once, and one of a project at a time', async () => {
    const replicas = await Promise.all(
      [1, 2].map(async () => openWorkspace({ url: await urlOf() })),
    );
    const done: string[] = [];
    let letGo: () => void = () => {};
    const allAsked = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let most = 0;
    const present = new Map<string, number>();
    for (const [index, { jobs }] of replicas.entries())
      await jobs.work('analysis', async ({ id, project }) => {
        present.set(project, (present.get(project) ?? 0) + 1);
        most = Math.max(most, present.get(project) ?? 0);
        await allAsked;
        // The other one asks for the same meanwhile.
        await replicas[1 - index]?.jobs.add('analysis', project, '');
        present.set(project, (present.get(project) ?? 0) - 1);
        done.push(id);
        return DONE;
      });
    const projects = Array.from({ length: 6 }, (_, index) => `p${index}`);
    const asked = await Promise.all(
      projects.flatMap((project) =>
        replicas.flatMap(({ jobs }) => [
          jobs.add('analysis', project, ''),
          jobs.add('analysis', project, ''),
        ]),
      ),
    );
    letGo();
    await vi.waitFor(async () => {
      for (const { project, id } of asked)
        expect((await replicas[0]?.jobs.find(project, id))?.state).toBe('done');
    }, soon);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(projects.length);
    expect(done.toSorted()).toEqual([...new Set(asked.map(({ id }) => id))].toSorted());
    expect(most).toBe(1);
    await Promise.all(replicas.map((workspace) => workspace.close()));
  }, 90_000);

  test('each hears what happens at the other, in order', async () => {
    const [here, there] = await Promise.all(
      [1, 2].map(async () => openWorkspace({ url: await urlOf() })),
    );
    const { last } = await here!.events.range();
    await Promise.all(
      Array.from({ length: 40 }, (_, data) =>
        (data % 2 === 0 ? here! : there!).events.add({ project: 'p', kind: 'traces', data, at: 1 }),
      ),
    );
    const heard = await there!.events.after(last);
    expect(heard.map(({ data }) => data).toSorted()).toEqual(
      Array.from({ length: 40 }, (_, data) => data).toSorted(),
    );
    const ids = heard.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    await Promise.all([here!.close(), there!.close()]);
  }, 60_000);
});
