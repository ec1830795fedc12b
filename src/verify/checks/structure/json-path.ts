import { query } from 'jsonpath-rfc9535';
import * as z from 'zod';
import { sameJson } from '../../../detect/ask.ts';
import { quoteAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { passIf } from '../outcome.ts';
import { withJson } from './answer-json.ts';
import { repair } from './json.ts';

export const jsonPath = defineCheck({
  id: 'json_path',
  passes: 'The path finds something in the JSON of the answer: the value, where one is given.',
  params: z.strictObject({
    path: z.string().max(1_000).refine(isPath, {
      error: 'is not a JSONPath (RFC 9535), or uses match() or search(), whose time has no bound',
    }),
    equals: z.json().optional().describe('a value that the path must find; default: any'),
    repair,
  }),
  measure: null,
  source: 'RFC 9535 by the library jsonpath-rfc9535; patterns inside paths are refused',
  example: { path: '$.items[*].status', equals: 'shipped' },
  ask: (subject, { path, equals, repair: isRepaired }) =>
    withJson(subject, isRepaired, (value) => {
      const found = query(value as never, path);
      const isFound =
        equals === undefined
          ? found.length > 0
          : found.some((each) => sameJson(each as never, equals as never));
      return passIf(
        isFound,
        `${path} finds ${found.length} values${isFound || equals === undefined ? '' : ', none of them as expected'}`,
        [quoteAnswer(subject)],
      );
    }),
});

function isPath(path: string): boolean {
  if (/\b(?:match|search)\s*\(/.test(path)) return false;
  try {
    query(null, path);
    return true;
  } catch {
    return false;
  }
}
