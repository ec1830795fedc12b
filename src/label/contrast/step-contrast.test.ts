import { describe, expect, test } from 'vitest';
import { runOf, times } from '../../testing/run.ts';
import { stepContrast } from './step-contrast.ts';

describe('extra and missing steps', () => {
  test('are reported with both shares, largest difference first', () => {
    const members = [...times(19, runOf('!refund')), runOf('refund')];
    const passing = [...times(16, runOf('list refund')), ...times(4, runOf('list'))];
    expect(stepContrast(members, passing, null)).toEqual([
      '`list` is called in 0% of these failures and in 100% of the nearest passing traces',
      '`refund` fails in 95% of these failures and in 0% of the nearest passing traces',
    ]);
  });

  test('exclude the step of the first divergence', () => {
    const reported = { step: { tool: 'refund', failed: true }, share: 1 };
    const members = times(20, runOf('get !refund'));
    expect(stepContrast(members, times(20, runOf('get refund')), reported)).toEqual([]);
  });

  // 3 of 4 vs. 5 of 20: 50 points apart, but Fisher's p = 0.09.
  test('are not reported when the counts are too small', () => {
    const members = [...times(3, runOf('a')), runOf('')];
    const passing = [...times(5, runOf('a')), ...times(15, runOf(''))];
    expect(stepContrast(members, passing, null)).toEqual([]);
  });

  // 250 of 1,000 vs. 0 of 50: p < 0.001, but only 25 points apart.
  test('are not reported when the difference is small, however significant', () => {
    const members = [...times(250, runOf('a')), ...times(750, runOf(''))];
    expect(stepContrast(members, times(50, runOf('')), null)).toEqual([]);
  });
});
