import * as z from 'zod';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { pass } from '../outcome.ts';
import { withJson } from './answer-json.ts';

export const repair = z
  .boolean()
  .default(false)
  .describe('also accept what the library jsonrepair mends: fences, prose, quotes, commas');

export const json = defineCheck({
  id: 'json',
  passes: 'The answer is JSON and nothing else.',
  params: z.strictObject({ repair }),
  measure: null,
  source: 'RFC 8259; repair by the library jsonrepair',
  example: {},
  ask: (subject, { repair: isRepaired }) =>
    withJson(subject, isRepaired, () => pass('the answer is JSON', [quoteAnswer(subject)])),
});
