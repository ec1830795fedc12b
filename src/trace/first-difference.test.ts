import { expect, test } from 'vitest';
import type { PairStep } from '../contract/report.ts';
import { align } from './align.ts';
import { firstDivergence } from './first-difference.ts';

const step = (kind: PairStep['kind'], text: string, tool: string | null = null): PairStep => ({
  ...{ kind, text, tool, result: null, failed: false, message: null },
});
const ask = step('user', 'hi');
const refund = (id: string) => step('tool', JSON.stringify({ order_id: id, why: 'x' }), 'refund');

test.each<[string, PairStep[], PairStep[], number | null, string | null]>([
  [
    'another step',
    [ask, refund('1')],
    [ask, step('tool', '{}', 'list'), refund('1')],
    1,
    'v5 calls `list`; v4 calls `refund`',
  ],
  [
    'another argument before another step',
    [ask, refund('1'), step('assistant', 'no')],
    [ask, refund('2')],
    1,
    'v5 calls `refund` with another value in `order_id`',
  ],
  [
    'arguments that are no JSON',
    [ask, step('tool', '{"a', 't')],
    [ask, step('tool', '{"b', 't')],
    1,
    'v5 calls `t` with other arguments',
  ],
  [
    'other words alone',
    [ask, step('assistant', 'a')],
    [ask, step('assistant', 'b')],
    1,
    'v5 says it in other words',
  ],
  ['nothing', [ask, refund('1')], [ask, refund('1')], null, null],
])('%s', (_, before, after, at, said) => {
  expect(firstDivergence(align(before, after), { failing: 'v4', passing: 'v5' })).toEqual({
    firstDifference: at,
    difference: said,
  });
});
