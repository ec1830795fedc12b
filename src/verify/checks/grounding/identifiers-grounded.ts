import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { SHARE, withGrounds } from './sources.ts';

/** Order numbers, tickets, hashes: letters and digits together, or six digits and more. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}_./-])(?=[\w-]*\d)(?:[A-Za-z]{1,8}[-_#]?\d[\w-]{2,60}|\d{6,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\p{L}\p{N}_])/gu;

export const identifiersGrounded = defineCheck({
  id: 'identifiers_grounded',
  passes:
    'Every identifier of the answer (order, ticket, account) is in its sources or in the request, character by character.',
  params: z.strictObject({}),
  measure: SHARE,
  source: 'letters and digits together, six digits and more, UUIDs; case aside',
  example: {},
  ask: (subject) =>
    withGrounds(subject, 'identifiers', ({ text, answer }) => {
      const known = text.toLowerCase();
      const claimed = new Set(Array.from(answer.matchAll(IDENTIFIER), ([id]) => id));
      return {
        all: claimed.size,
        missing: [...claimed].filter((id) => !known.includes(id.toLowerCase())),
      };
    }),
});
