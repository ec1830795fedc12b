import { expect, it } from 'vitest';
import { collectAll, memorySource } from '../../testing/memory-source.ts';

const read = async (...files: readonly (readonly object[])[]) =>
  collectAll(
    files.map((rows, at) =>
      memorySource(`f${at}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    ),
  );
const run = (id: string, output: string) => ({ id, input: 'q', output });

it('different runs with one id get their line, and their file where the line does not do', async () => {
  const { traces } = await read([run('a', '1'), run('a', '2')], [run('x', '0'), run('a', '3')]);
  expect(traces.map(({ id }) => id)).toEqual(['a', 'a:2', 'x', 'a:2:f1.jsonl']);
});

it('the same run given again counts once, and that is said', async () => {
  const { traces, report } = await read([run('a', '1'), run('a', '1')], [run('a', '1')]);
  expect(traces).toHaveLength(1);
  expect(report.remarks).toMatchObject([
    { code: 'repeated_trace', message: expect.stringContaining('2 repeated traces') },
  ]);
});

it('equal rows without ids are different runs', async () => {
  const row = { input: 'q', output: 'a' };
  const { traces } = await read([[row, row], [row]] as never);
  expect(new Set(traces.map(({ id }) => id)).size).toBe(3);
});
