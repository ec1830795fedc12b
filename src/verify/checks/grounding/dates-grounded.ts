import * as z from 'zod';
import { dates, sameDate } from '../../../text/dates.ts';
import { defineCheck } from '../define.ts';
import { SHARE, withGrounds } from './sources.ts';

export const datesGrounded = defineCheck({
  id: 'dates_grounded',
  passes: 'Every day that the answer names is in its sources or in the request.',
  params: z.strictObject({}),
  measure: SHARE,
  source: 'dates with a named month (English) or in ISO form; parts that both give must agree',
  example: {},
  ask: (subject) =>
    withGrounds(subject, 'dates', ({ text, answer }) => {
      const given = dates(text, 5_000);
      const claimed = dates(answer, 500);
      return {
        all: claimed.length,
        missing: claimed
          .filter((date) => !given.some((one) => sameDate(one, date)))
          .map((date) => date.text),
      };
    }),
});
