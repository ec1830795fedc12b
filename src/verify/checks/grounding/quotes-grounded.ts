import * as z from 'zod';
import { withoutEnd } from '../../../text/without-end.ts';
import { defineCheck } from '../define.ts';
import { SHARE, withGrounds } from './sources.ts';

export const quotesGrounded = defineCheck({
  id: 'quotes_grounded',
  passes: 'Everything that the answer puts in quotation marks is in its sources word for word.',
  params: z.strictObject({
    words: z.int().min(1).default(4).describe('shorter quotations are mostly names'),
  }),
  measure: SHARE,
  source: 'text between double quotation marks; white space, case and the final mark aside',
  example: { words: 4 },
  ask: (subject, { words: fewest }) =>
    withGrounds(subject, 'quotations', ({ text, answer }) => {
      const folded = fold(text);
      const claimed = Array.from(
        answer.matchAll(/["“„«]([^"“”„«»]{2,2000})["”“»]/g),
        ([, inner]) => inner ?? '',
      ).filter((inner) => inner.trim().split(/\s+/).length >= fewest);
      return {
        all: claimed.length,
        missing: claimed.filter((inner) => !folded.includes(fold(inner))),
      };
    }),
});

const fold = (text: string): string =>
  withoutEnd(text.toLowerCase().replaceAll(/\s+/g, ' ').trim(), '.,;:!?…');
