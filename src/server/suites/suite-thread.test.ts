import { expect, test } from 'vitest';
import { suiteWorkOnThreads } from './suite-thread.ts';

test('work on a thread ends with its result or its error, one after the other', async () => {
  const work = suiteWorkOnThreads();
  const record = { record: 'run-1.jsonl', path: 'evals', files: [] };
  const header = {
    ...{ kind: 'run', version: 1, id: 'run-1', createdAt: '2026-11-30T00:00:00.000Z' },
    ...{ toolVersion: '0', suites: [], labels: [], seed: 1, toolResults: null, budget: {} },
    ...{ isAa: false, target: { spec: 'a', kind: 'command', version: null, hash: null } },
    baseline: null,
  };
  const [broken, unfinished] = await Promise.allSettled([
    work.report({ ...record, text: '{}\n' }),
    work.report({ ...record, text: `${JSON.stringify(header)}\n` }),
  ]);
  expect(broken).toMatchObject({ status: 'rejected', reason: { code: 'invalid_input' } });
  expect(unfinished).toEqual({ status: 'fulfilled', value: null });
}, 60_000);
