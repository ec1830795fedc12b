import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { linksIn } from '../text/links-in.ts';
import { SHARE, withGrounds } from './sources.ts';

export const linksGrounded = defineCheck({
  id: 'links_grounded',
  passes: 'Every web address of the answer is in its sources or in the request.',
  params: z.strictObject({}),
  measure: SHARE,
  source: 'whole addresses; a final slash and case aside',
  example: {},
  ask: (subject) =>
    withGrounds(subject, 'links', ({ text, answer }) => {
      const known = text.toLowerCase();
      const claimed = linksIn(answer);
      return {
        all: claimed.length,
        missing: claimed.filter((link) => !known.includes(link.toLowerCase().replace(/\/$/, ''))),
      };
    }),
});
