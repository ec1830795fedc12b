import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { weeklyCauses } from './weekly-causes.ts';

const LOAD = resolve(import.meta.dirname, '../../shared/bench/load.jsonl.gz');
const isThere = existsSync(LOAD);
if (!isThere) console.warn('skipped: ../shared/bench/load.jsonl.gz is not there');

test.skipIf(!isThere)(
  'at each of ten weekly analyses with 5% new traffic, 95% of the unchanged causes keep their ids',
  async () => {
    const lines = gunzipSync(readFileSync(LOAD)).toString().split('\n').filter(Boolean);
    const { weeks, renamed } = await weeklyCauses(lines, 10);
    const shown = weeks.map(({ unchanged, kept }) => `${kept} of ${unchanged}`).join(', ');
    console.log(`unchanged causes that keep their ids, week by week: ${shown}`, renamed);
    expect(weeks).toHaveLength(10);
    for (const { unchanged, kept } of weeks) {
      expect(unchanged).toBeGreaterThanOrEqual(5);
      expect(kept).toBeGreaterThanOrEqual(0.95 * unchanged);
    }
  },
  1_800_000,
);
