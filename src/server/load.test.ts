import { expect, test } from 'vitest';
import { memoryTelemetry } from '../testing/memory-telemetry.ts';
import { memoryWorkspace } from '../testing/memory-workspace.ts';
import { testServer } from '../testing/test-server.ts';

const lines = (from: number, to: number): Uint8Array =>
  new TextEncoder().encode(
    Array.from({ length: to - from }, (_, at) =>
      JSON.stringify({ id: `chat ${from + at}`, question: 'Hi?', answer: 'Hi' }),
    ).join('\n'),
  );

test('a file that is loaded while an analysis runs is analyzed whole', async () => {
  const store = memoryTelemetry();
  const workspace = memoryWorkspace(Date.now);
  const asked = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let requests = 0;
  const { stream } = store;
  const { add } = workspace.jobs;
  // The first analysis has read what was there, and goes on once the file is loaded.
  const held = Object.assign(store, {
    async *stream(...given: Parameters<typeof stream>) {
      const found = [];
      for await (const trace of stream(...given)) found.push(trace);
      begun.resolve();
      await asked.promise;
      yield* found;
    },
  });
  workspace.jobs.add = async (...given) => {
    const job = await add(...given);
    if (given[0] === 'analysis' && ++requests === 2) asked.resolve();
    return job;
  };
  const server = await testServer({}, held, workspace);
  await server.post('/api/v1/imports?name=before.jsonl', lines(0, 30));
  await server.post('/api/v1/analyses', {});
  await begun.promise;
  await server.load('default', {
    ...{ name: 'file.jsonl', size: null },
    async *open() {
      yield lines(30, 60);
    },
  });
  expect(requests).toBe(3);
  const { analysis } = (await (await server.get('/api/v1/causes')).json()) as {
    readonly analysis: unknown;
  };
  expect(analysis).toMatchObject({ traces: 60 });
  await server.close();
  expect(server.errors).toEqual([]);
});
