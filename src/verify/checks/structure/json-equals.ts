import * as z from 'zod';
import type { Json } from '../../../contract/json.ts';
import { sameJson } from '../../../detect/ask.ts';
import { parseJson } from '../../../text/json.ts';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';
import { withJson } from './answer-json.ts';
import { repair } from './json.ts';

export const jsonEquals = defineCheck({
  id: 'json_equals',
  passes:
    'The answer is the same JSON value; the order of keys and the spelling of numbers do not count.',
  params: z.strictObject({
    value: z.json().optional().describe('default: the reference of the case, as JSON'),
    repair,
  }),
  measure: null,
  source: 'equality of JSON Schema 2020-12 (section 4.2.2)',
  example: { value: { status: 'shipped', items: 2 } },
  ask: (subject, { value, repair: isRepaired }) => {
    const wanted = value === undefined ? parseJson(subject.reference ?? '') : (value as Json);
    if (wanted === undefined) return cannotTell('there is no reference that is JSON');
    return withJson(subject, isRepaired, (given) => {
      const is = sameJson(given, wanted);
      return passIf(is, `the answer is ${is ? '' : 'not '}the same JSON value`, [
        quoteAnswer(subject),
      ]);
    });
  },
});
