import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { weeklyCauses } from './weekly-causes.ts';

test('causes of the demo keep their ids while its traffic moves on', async () => {
  const lines = gunzipSync(
    readFileSync(resolve(import.meta.dirname, '../dist/demo/traces.otlp.jsonl.gz')),
  )
    .toString()
    .split('\n')
    .filter(Boolean)
    .slice(0, 40);
  const { weeks, renamed } = await weeklyCauses(lines, 3);
  expect(weeks).toHaveLength(3);
  for (const { unchanged } of weeks) expect(unchanged).toBeGreaterThan(2);
  expect(renamed).toEqual([]);
}, 120_000);
