import * as z from 'zod';
import type { JsonObject } from '../../../contract/json.ts';
import { schemaProblems } from '../../../detect/ask.ts';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';
import { withJson } from './answer-json.ts';
import { repair } from './json.ts';

export const jsonSchema = defineCheck({
  id: 'json_schema',
  passes: 'The answer is JSON that keeps the schema.',
  params: z.strictObject({ schema: z.record(z.string(), z.json()), repair }),
  measure: null,
  source: 'JSON Schema 2020-12 in bounded time; where that is not enough, it cannot tell',
  example: {
    schema: {
      type: 'object',
      properties: { status: { enum: ['open', 'closed'] } },
      required: ['status'],
    },
  },
  ask: (subject, { schema, repair: isRepaired }) =>
    withJson(subject, isRepaired, (value) => {
      const problems = schemaProblems(schema as JsonObject, value);
      if (problems === null) return cannotTell('the schema is broken or too expensive to check');
      return problems.length === 0
        ? pass('the answer keeps the schema', [quoteAnswer(subject)])
        : fail(`the answer breaks the schema: ${problems.slice(0, 5).join('; ')}`, [
            quoteAnswer(subject),
          ]);
    }),
});
