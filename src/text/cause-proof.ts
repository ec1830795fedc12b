import type { Cluster } from '../contract/cluster.ts';
import { count } from './format.ts';

/**
 * How far a cause is proven, in a few words: failed and other traces that meet its condition, and whether that is more
 * than chance explains. Null for clusters without a condition.
 */
export function causeProof({
  state,
  meets,
  toSettle,
}: Pick<Cluster, 'state' | 'meets' | 'toSettle'>): string | null {
  if (state === null || meets === null) return null;
  const about = meets.isEstimate ? 'about ' : '';
  const counts = `${about}${count(meets.failed)} of ${count(meets.failures)} failed, ${about}${count(meets.passed)} of ${count(meets.passes)} others`;
  return `${counts}; ${PROOF[state]}${settling(state, toSettle, meets.failed)}`;
}

const PROOF = {
  tested: 'tested against chance',
  form: 'an error by its form, too few to tell from chance',
  detector: 'found by a detector',
  untested: 'too few to tell from chance',
} as const;

function settling(state: NonNullable<Cluster['state']>, toSettle: number | null, failed: number) {
  if (toSettle === null || state === 'tested' || state === 'detector' || toSettle <= failed)
    return '';
  return ` (about ${count(toSettle - failed)} more would settle it)`;
}
