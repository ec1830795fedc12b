import { expect, test } from 'vitest';
import type { Traits } from '../contract/dimension.ts';
import { NO_FACTS } from '../contract/fact-rows.ts';
import { TrafficTally } from '../detect/population/traffic.ts';
import { populationOf } from './population.ts';
import { trafficOf } from './traffic/traffic.ts';

const JUNE = Date.UTC(2026, 5, 1);

test('traces are counted by version, tenant and time, so that they add up under any filter', () => {
  const tally = new TrafficTally();
  const rows = Array.from({ length: 120 }, (_, at) => {
    const traits: Traits = {
      promptVersion: at % 3 === 0 ? 'v1' : 'v2',
      release: null,
      model: null,
      tenant: `t${at % 4}`,
      startTime: at < 100 ? JUNE + at * 3_600_000 : null,
    };
    const failed = at % 5 === 0;
    tally.add(traits, failed);
    return { ...NO_FACTS, id: `${at}`, failed, outcome: null, unexplained: false, traits };
  });
  const population = populationOf({ rows }, trafficOf(tally.counts()), 240);
  const { values, columns, bucket, traces, failed, scale } = population;
  expect(scale).toBe(2);
  expect(values.promptVersion).toEqual(['v2', 'v1']);
  expect(values.release).toEqual([]);
  const count = (column: readonly number[], keep: (cell: number) => boolean): number =>
    column.reduce((sum, each, cell) => sum + (keep(cell) ? each : 0), 0);
  expect(count(traces, () => true)).toBe(120);
  expect(count(failed, () => true)).toBe(24);
  expect(count(traces, (cell) => columns.promptVersion[cell] === 1)).toBe(40);
  expect(count(failed, (cell) => columns.promptVersion[cell] === 1)).toBe(8);
  expect(count(traces, (cell) => bucket[cell] === -1)).toBe(20);
  expect(columns.release.every((place) => place === -1)).toBe(true);
});
