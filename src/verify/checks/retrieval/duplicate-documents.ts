import * as z from 'zod';
import { pointer } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, passIf } from '../outcome.ts';

export const duplicateDocuments = defineCheck({
  id: 'duplicate_documents',
  passes: 'At most so many retrieved documents repeat another.',
  params: z.strictObject({ most: z.int().min(0).default(0) }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'equal content, case and white space aside',
  example: { most: 0 },
  ask: ({ trace, run }, { most }) => {
    if (trace.documents.length === 0) return cannotTell('no document was recorded');
    const seen = new Set<string>();
    const again = [...trace.documents.entries()].filter(([, { content }]) => {
      const key = content.toLowerCase().replaceAll(/\s+/g, ' ').trim();
      return seen.size === seen.add(key).size;
    });
    return passIf(
      again.length <= most,
      `${again.length} of ${trace.documents.length} documents repeat another, ${most} allowed`,
      again.map(([index, { content, spanId }]) =>
        run.quote(pointer('documents', index, 'content'), content, spanId),
      ),
      again.length,
    );
  },
});
