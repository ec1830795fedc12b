import * as z from 'zod';
import type { Json } from '../../../contract/json.ts';
import { leavesOf } from '../../../detect/ask.ts';
import { parseJson } from '../../../text/json.ts';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';
import { withJson } from './answer-json.ts';
import { repair } from './json.ts';

export const jsonFields = defineCheck({
  id: 'json_fields',
  passes: 'Enough of the expected fields have the expected value in the JSON of the answer.',
  params: bounded({
    value: z.json().optional().describe('default: the reference of the case, as JSON'),
    repair,
  }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'share of the scalars of the expected value that stand at the same place with the same value',
  example: { value: { name: 'Ada', age: 36 }, min: 1 },
  ask: (subject, { value, repair: isRepaired, ...limits }) => {
    const wanted = value === undefined ? parseJson(subject.reference ?? '') : (value as Json);
    const expected = wanted === undefined ? [] : leavesOf(wanted);
    if (expected.length === 0) return cannotTell('there is no reference that is JSON with fields');
    return withJson(subject, isRepaired, (given) => {
      const found = new Map(leavesOf(given).map((leaf) => [leaf.path.join('\n'), leaf.value]));
      const missing = expected.filter(
        ({ path, value: each }) => found.get(path.join('\n')) !== each,
      );
      const named = missing.slice(0, 5).map(({ path }) => path.join('.') || 'the value');
      const what =
        missing.length === 0
          ? 'the share of fields is'
          : `not as expected: ${named.join(', ')}; the share of fields is`;
      return within(1 - missing.length / expected.length, limits, what, [quoteAnswer(subject)]);
    });
  },
});
