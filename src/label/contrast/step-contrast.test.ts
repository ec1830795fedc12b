import { describe, expect, test } from 'vitest';
import { runOf, times } from '../../testing/run.ts';
import { stepContrasts } from './step-contrast.ts';

describe('extra and missing steps', () => {
  test('are reported with both counts, calls first', () => {
    const members = [...times(19, runOf('!refund')), runOf('refund')];
    const passing = [...times(16, runOf('list refund')), ...times(4, runOf('list'))];
    expect(stepContrasts(members, passing)).toMatchObject([
      {
        tool: 'list',
        event: 'called',
        failing: { count: 0, of: 20 },
        passing: { count: 20, of: 20 },
        sentence: 'No failing trace calls `list`; every similar passing trace does',
      },
      {
        tool: 'refund',
        event: 'failed',
        sentence: '`refund` fails in 95% of failing traces and in no similar passing trace',
      },
    ]);
  });

  test.each([
    ['a', '', 10, 'Every failing trace calls `a`; no similar passing trace does'],
    ['', 'a', 6, 'No failing trace calls `a`; 60% of similar passing traces do'],
    ['a', 'a', 4, null],
  ])('of "%s" against "%s" in %i of 10', (here, there, count, sentence) => {
    const passing = [...times(count, runOf(there)), ...times(10 - count, runOf(here))];
    expect(stepContrasts(times(40, runOf(here)), passing)[0]?.sentence ?? null).toBe(sentence);
  });

  // 3 of 4 vs. 5 of 20: 50 points apart, but Fisher's p = 0.09.
  test('are not reported when the counts are too small', () => {
    const members = [...times(3, runOf('a')), runOf('')];
    const passing = [...times(5, runOf('a')), ...times(15, runOf(''))];
    expect(stepContrasts(members, passing)).toEqual([]);
  });

  // 250 of 1,000 vs. 0 of 50: p < 0.001, but only 25 points apart.
  test('are not reported when the difference is small, however significant', () => {
    const members = [...times(250, runOf('a')), ...times(750, runOf(''))];
    expect(stepContrasts(members, times(50, runOf('')))).toEqual([]);
  });
});
