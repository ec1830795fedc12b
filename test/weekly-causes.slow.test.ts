import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { weeklyCauses } from './weekly-causes.ts';

const LOAD = resolve(import.meta.dirname, '../../shared/bench/load.jsonl.gz');
const isThere = existsSync(LOAD);
if (!isThere) console.warn('skipped: ../shared/bench/load.jsonl.gz is not there');

test.skipIf(!isThere)(
  'over ten weekly analyses with 5% new traffic, 95% of the unchanged causes keep their ids',
  async () => {
    const lines = gunzipSync(readFileSync(LOAD)).toString().split('\n').filter(Boolean);
    const { unchanged, kept, renamed } = await weeklyCauses(lines, 10);
    console.log(`${kept} of ${unchanged} unchanged causes keep their ids`, renamed);
    expect(unchanged).toBeGreaterThan(80);
    expect(kept).toBeGreaterThanOrEqual(0.95 * unchanged);
  },
  1_800_000,
);
