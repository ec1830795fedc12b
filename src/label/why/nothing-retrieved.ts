import type { Why } from '../../contract/why.ts';
import { signalQuotes } from './quoted.ts';
import type { Subject } from './subject.ts';

/**
 * The search returned no passage at all. Outranks the default layer: no prompt finds what the search did
 * not.
 */
export function nothingRetrieved({ category, exemplars }: Subject): Why | null {
  if (category !== 'retrieval_miss') return null;
  const empty = exemplars.filter(({ signal }) => signal?.cause.includes('empty') === true);
  if (empty.length * 2 <= exemplars.length) return null;
  return {
    statement: 'Likely because the search returned nothing',
    layer: 'retrieval',
    evidence: signalQuotes(empty),
  };
}
