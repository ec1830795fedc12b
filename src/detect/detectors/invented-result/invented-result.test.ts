import { expect, test } from 'vitest';
import {
  assistant,
  call,
  fileOf,
  makeTrace,
  result,
  signalsOf,
  user,
  yes,
} from '../../../testing/trace.ts';
import { nothingFound } from '../nothing-found/nothing-found.ts';
import { inventedResult } from './invented-result.ts';

const lookup = (returned: string, answer: string, tool = 'find_trails') =>
  makeTrace({
    messages: [
      user('A trail of ten miles with a lake?'),
      assistant('', call(tool, { miles: 10 })),
      result('call-1', tool, returned),
      assistant(answer),
    ],
  });
const INVENTED = 'Great news! I found one: the Heron Loop, ten miles around Grey Lake.';
const HONEST = 'I could not find a trail like that. A shorter one may do.';

test.each(['[]', '{"trails": []}', 'No trails found', 'null', '{"trails": [], "total": 0}'])(
  'an answer presents a find after %s',
  (returned) => {
    const trace = lookup(returned, INVENTED);
    expect(yes(inventedResult, trace)).toMatchObject([
      {
        cause: ['presented as found', 'find_trails'],
        evidence: [{ path: '/messages/3/content' }, { quote: returned }],
      },
    ]);
    expect(yes(nothingFound, trace)).toEqual([]);
  },
);

test('an answer that admits it is the milder kind', () => {
  const trace = lookup('{"trails": []}', HONEST);
  expect(yes(inventedResult, trace)).toEqual([]);
  expect(yes(nothingFound, trace)).toMatchObject([
    { cause: ['nothing found', 'find_trails'], evidence: [{ quote: '{"trails": []}' }] },
  ]);
});

test('a filled result is neither', () => {
  const trace = lookup('{"trails": [{"name": "Heron Loop"}]}', INVENTED);
  expect(signalsOf(inventedResult, trace)).toMatchObject([{ verdict: 'no' }]);
  expect(signalsOf(nothingFound, trace)).toMatchObject([{ verdict: 'no' }]);
});

test('a later result with data clears an empty one', () => {
  const trace = makeTrace({
    messages: [
      user('A trail of ten miles?'),
      assistant('', call('find_trails', { miles: 10 }, 'c1')),
      result('c1', 'find_trails', '[]'),
      assistant('', call('find_trails', { miles: 9 }, 'c2')),
      result('c2', 'find_trails', '[{"name":"Heron Loop"}]'),
      assistant(INVENTED),
    ],
  });
  expect(yes(inventedResult, trace)).toEqual([]);
  expect(yes(nothingFound, trace)).toEqual([]);
});

test('an acting tool that usually returns nothing has succeeded', () => {
  const file = fileOf(
    Array.from({ length: 4 }, () => lookup('None', 'Here is your booking.', 'book_hut')),
  );
  const trace = lookup('None', 'Here is your booking.', 'book_hut');
  expect(yes(inventedResult, trace, {}, file)).toEqual([]);
  expect(yes(nothingFound, trace, {}, file)).toEqual([]);
});
