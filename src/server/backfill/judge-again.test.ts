import { expect, test } from 'vitest';
import { rawSpan } from '../../collect/testing/raw.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { RecordRow } from '../../store/telemetry/rows.ts';
import type { TelemetryStore } from '../../store/telemetry/telemetry.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { threadHere } from '../../testing/test-server.ts';
import { finisher, finishWorkerModule } from '../finish/finisher.ts';
import { judgeAgain } from './judge-again.ts';

const received = Date.UTC(2026, 6, 1);
const expires = received + 90 * 86_400_000;
const project = 'shop';

function setUp() {
  const store = memoryTelemetry();
  const judging = finisher(() => threadHere(finishWorkerModule()));
  const judgedBy = (version: string): void =>
    judging.judge(project, {
      options: { scores: [], stepBudget: 50, policy: null },
      ...{ model: null, version },
    });
  const span = (spanId: string): RecordRow => ({
    ...{ project, traceId: 't', format: 'test', received, expires },
    record: { kind: 'span', span: rawSpan({ traceId: 't', spanId, statusCode: 'error' }) },
  });
  /** As finishing does it with what is stored. */
  const assemble = async (version: number): Promise<void> => {
    const { rows } = await store.unfinished(project, ['t']);
    const trace = { project, traceId: 't', format: 'test', anchor: received, version, received };
    const { rows: made } = await judging.finish({
      traces: [{ ...trace, expires, weight: 1, places: null, scores: [] }],
      stored: [rows],
    });
    await store.insert(made);
  };
  const late = async (): Promise<void> => {
    await store.insert({ records: [span('late')] });
    await assemble(2);
  };
  const again = (
    more: Partial<TelemetryStore> = {},
    turn: () => Promise<void> = async () => {},
  ): Promise<number> => {
    judgedBy('new');
    return judgeAgain(project, 'new', {
      store: { ...store, ...more },
      finisher: judging,
      turn,
      onJudged: async () => {},
      onFailure: (failure) => expect(failure).toBe(''),
    });
  };
  const row = () => store.rows.traces.get(`${project} t`);
  return {
    store,
    late,
    again,
    row,
    async begin() {
      judgedBy('old');
      await store.insert({ records: [span('first')] });
      await assemble(1);
      // Judged otherwise, as by other facts.
      await store.insert({ traces: [{ ...row()!, failed: false, signals: [] }] });
    },
  };
}

test('a verdict that is another replaces the one before, as the same version', async () => {
  const { begin, again, row } = setUp();
  await begin();
  expect(row()).toMatchObject({ version: 1, failed: false, detectorVersion: 'old' });
  await again();
  expect(row()).toMatchObject({ version: 1, failed: true, detectorVersion: 'new', spanCount: 1 });
});

test('a trace that is judged again stands for as many as before', async () => {
  const { begin, again, row, store } = setUp();
  await begin();
  await store.insert({ traces: [{ ...row()!, weight: 10 }] });
  await again();
  expect(row()).toMatchObject({ failed: true, detectorVersion: 'new', weight: 10 });
});

test('one that is the same is not written', async () => {
  const { begin, again, row } = setUp();
  await begin();
  await again();
  const before = row();
  await again();
  expect(row()).toBe(before);
});

test('while too much is being written, it waits and writes the same again', async () => {
  const { begin, again, row, store } = setUp();
  await begin();
  let refused = 0;
  let turns = 0;
  const judged = await again(
    {
      async insert(rows) {
        if (refused++ < 2) throw new CulpritError('store_busy', 'wait');
        await store.insert(rows);
      },
    },
    async () => void turns++,
  );
  expect([judged, turns, row()!.detectorVersion]).toEqual([1, 3, 'new']);
});

test.each([
  ['before its records are read', { isBefore: true }],
  ['while it is judged', { isBefore: false }],
])('what a late span brings %s stays', async (_, { isBefore }) => {
  const { begin, again, row, store, late } = setUp();
  await begin();
  await again({
    async *shares(...given) {
      if (isBefore) await late();
      for await (const share of store.shares(...given)) {
        if (!isBefore) await late();
        yield share;
      }
    },
  });
  expect(row()).toMatchObject({ version: 2, failed: true, spanCount: 2 });
});
