import * as z from 'zod';
import type { CheckOutcome } from '../../../contract/check-use.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { pointer } from '../../../detect/ask.ts';
import type { CheckSubject } from '../define.ts';
import { cannotTell } from '../outcome.ts';

/** Ids of the relevant documents. */
export const relevantIds = z
  .array(z.string().min(1))
  .min(1)
  .describe('ids of the documents that answer the request');

export const depth = z
  .int()
  .min(1)
  .optional()
  .describe('look at the first k documents; default: all');

/** Which of the first k retrieved documents are relevant, in order, each document counted once. */
export function withRanking(
  subject: CheckSubject,
  relevant: readonly string[],
  k: number | undefined,
  ask: (hits: readonly boolean[], quotes: readonly (Evidence | null)[]) => CheckOutcome,
): CheckOutcome {
  const { documents } = subject.trace;
  if (documents.length > 0 && documents.every(({ id }) => id === null))
    return cannotTell('the retrieved documents have no ids');
  const wanted = new Set(relevant);
  const seen = new Set<string>();
  const ranked = documents.flatMap((document, index) => {
    if (document.id === null || seen.has(document.id)) return [];
    seen.add(document.id);
    return [{ index, document, isHit: wanted.has(document.id) }];
  });
  const top = ranked.slice(0, k);
  return ask(
    top.map(({ isHit }) => isHit),
    top
      .filter(({ isHit }) => isHit)
      .map(({ index, document }) =>
        subject.run.quote(pointer('documents', index, 'id'), document.id ?? '', document.spanId),
      ),
  );
}

export const hitCount = (hits: readonly boolean[]): number => hits.filter(Boolean).length;
