import { describe, expect, test } from 'vitest';
import { runOf } from '../../testing/run.ts';
import { measureContrast } from './measure-contrast.ts';
import type { Run } from './run.ts';

const runs = (count: number, part: (index: number) => Partial<Run>): Run[] =>
  Array.from({ length: count }, (_, index) => runOf('', part(index)));

describe('latency and tokens', () => {
  test('are reported with both medians when they differ clearly', () => {
    const members = runs(41, (i) => ({ latency: 3000 + 10 * i, tokens: 5000 + i }));
    const passing = runs(31, (i) => ({ latency: 1250 + 10 * i, tokens: 800 + i }));
    expect(measureContrast(members, passing)).toEqual([
      'Median latency is 3.2\u00a0s, compared with 1.4\u00a0s in the nearest passing traces (KS p < 0.001)',
      'Median token use is 5,020, compared with 815 in the nearest passing traces (KS p < 0.001)',
    ]);
  });

  test('are reported when the members have less, in milliseconds below a second', () => {
    const members = runs(20, () => ({ latency: 120 }));
    const passing = runs(20, () => ({ latency: 900 }));
    expect(measureContrast(members, passing)).toEqual([
      'Median latency is 120\u00a0ms, compared with 900\u00a0ms in the nearest passing traces (KS p < 0.001)',
    ]);
  });

  test('are not reported when medians differ by less than a factor of 1.5, however significant', () => {
    const members = runs(200, (i) => ({ latency: 1400 + (i % 10) }));
    const passing = runs(50, (i) => ({ latency: 1000 + (i % 10) }));
    expect(measureContrast(members, passing)).toEqual([]);
  });

  // Three values against three without overlap: exact p = 0.1.
  test('are not reported for few runs', () => {
    const members = runs(3, (i) => ({ latency: 9000 + i }));
    const passing = runs(3, (i) => ({ latency: 1000 + i }));
    expect(measureContrast(members, passing)).toEqual([]);
  });

  test('are not reported when nothing was recorded', () => {
    expect(
      measureContrast(
        runs(20, () => ({})),
        runs(20, () => ({ latency: 5 })),
      ),
    ).toEqual([]);
    expect(
      measureContrast(
        runs(20, () => ({ tokens: 0 })),
        runs(20, () => ({ tokens: 0 })),
      ),
    ).toEqual([]);
  });
});
