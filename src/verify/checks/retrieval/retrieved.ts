import * as z from 'zod';
import { pointer } from '../../../detect/ask.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const retrieved = defineCheck({
  id: 'retrieved',
  passes: 'The retrieval found something.',
  params: z.strictObject({ fewest: z.int().min(1).default(1).describe('documents') }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'higher' },
  source: 'documents of the trace; a retrieval step without documents is an empty retrieval',
  example: { fewest: 1 },
  ask: ({ trace, run }, { fewest }) => {
    const found = trace.documents.length;
    if (found === 0 && !trace.spans.some(({ kind }) => kind === 'retrieval' || kind === 'rerank'))
      return cannotTell('no retrieval was recorded');
    const quotes = trace.documents
      .slice(0, 3)
      .map(({ content, spanId }, index) =>
        run.quote(pointer('documents', index, 'content'), content, spanId),
      );
    if (found === 0) return fail('the retrieval came back empty', [], 0);
    return found < fewest
      ? fail(`${found} documents, expected ${fewest}`, quotes, found)
      : pass(`${found} documents`, quotes, found);
  },
});
