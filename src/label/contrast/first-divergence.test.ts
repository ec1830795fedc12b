import { describe, expect, test } from 'vitest';
import { runOf, times } from '../../testing/run.ts';
import { firstDivergence } from './first-divergence.ts';

const sentence = (members: string, passing: string): string | undefined =>
  firstDivergence(times(20, runOf(members)), times(20, runOf(passing)))?.sentence;

const all = '(100% of these failures, 0% of the nearest passing traces)';

describe('the first divergence', () => {
  test.each([
    {
      members: 'get_account refund_order',
      passing: 'get_account list_orders refund_order',
      expected: `First differs at step 2: \`refund_order\` is called without \`list_orders\` ${all}`,
    },
    {
      members: 'find check book',
      passing: 'find book',
      expected: `First differs at step 2: \`check\` is called before \`book\` ${all}`,
    },
    {
      members: 'delete',
      passing: 'archive',
      expected: `First differs at step 1: \`delete\` is called instead of \`archive\` ${all}`,
    },
    {
      members: 'find !book',
      passing: 'find book',
      expected: `First differs at step 2: \`book\` fails ${all}`,
    },
    {
      members: 'find !delete',
      passing: 'find book',
      expected: `First differs at step 2: \`delete\` is called and fails instead of \`book\` ${all}`,
    },
    {
      members: '',
      passing: 'search',
      expected: `First differs at step 1: no tool is called where passing runs call \`search\` ${all}`,
    },
    {
      members: 'find',
      passing: 'find book',
      expected: `First differs at step 2: the run ends without calling \`book\` ${all}`,
    },
    {
      members: 'find book pay',
      passing: 'find book',
      expected: `First differs at step 3: \`pay\` is called where passing runs end ${all}`,
    },
    {
      members: 'search',
      passing: '',
      expected: `First differs at step 1: \`search\` is called where passing runs call no tool ${all}`,
    },
    { members: 'find book', passing: 'find book', expected: undefined },
    { members: '', passing: '', expected: undefined },
  ])('of "$members" from "$passing" is $expected', ({ members, passing, expected }) => {
    expect(sentence(members, passing)).toBe(expected);
  });

  test('counts the runs that take the step, whatever follows', () => {
    const members = [
      ...times(12, runOf('get refund')),
      ...times(6, runOf('get refund mail')),
      ...times(2, runOf('get')),
    ];
    const passing = [...times(18, runOf('get list refund')), ...times(2, runOf('get refund'))];
    expect(firstDivergence(members, passing)).toEqual({
      sentence:
        'First differs at step 2: `refund` is called without `list` (90% of these failures, 10% of the nearest passing traces)',
      step: { tool: 'refund', failed: false },
      share: 0.9,
    });
  });

  test('is null where paths are too varied to have a typical one', () => {
    const varied = Array.from({ length: 20 }, (_, index) => runOf(`tool${index % 4}`));
    expect(firstDivergence(varied, times(20, runOf('other')))).toBe(null);
  });

  test('is null where most passing runs take the step on some other path', () => {
    const passing = [
      ...times(8, runOf('')),
      ...Array.from({ length: 12 }, (_, index) => runOf(`search tool${index}`)),
    ];
    expect(firstDivergence(times(20, runOf('search')), passing)).toBe(null);
  });

  test('is null where the two most common paths are about as common on both sides', () => {
    const members = [...times(11, runOf('a')), ...times(9, runOf('b'))];
    const passing = [...times(9, runOf('a')), ...times(11, runOf('b'))];
    expect(firstDivergence(members, passing)).toBe(null);
  });
});
