import type { Cluster } from '../contract/cluster.ts';
import type { DetectorCount } from '../contract/detected.ts';
import { count, percent } from './format.ts';

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
  return `${counts}; ${toSettle === null ? UNTESTED[state] : PROOF[state]}${settling(state, toSettle, meets.failed)}`;
}

const PROOF = {
  tested: 'tested against chance',
  form: 'an error by its form, too few to tell from chance',
  detector: 'found by a detector',
  untested: 'too few to tell from chance',
} as const;

/** Where nothing could be tested, because no outcome is recorded or nothing passed. */
const UNTESTED = {
  ...PROOF,
  form: 'an error by its form',
  untested: 'not tested against chance',
} as const;

function settling(state: NonNullable<Cluster['state']>, toSettle: number | null, failed: number) {
  if (toSettle === null || state === 'tested' || state === 'detector' || toSettle <= failed)
    return '';
  return ` (about ${count(toSettle - failed)} more would settle it)`;
}

/** Fewer traces than this say too little about a detector. */
const ENOUGH = 20;

/**
 * How often a detector is right: among the traces of the input whose outcome is recorded, or else on open data. Null
 * where neither was measured.
 */
export function detectorProof({
  precision,
  openData,
}: Pick<DetectorCount, 'precision' | 'openData'>): string | null {
  if (precision !== null && precision.flagged >= ENOUGH)
    return `${count(precision.failed)} of ${count(precision.flagged)} flagged traces with an outcome failed`;
  return openData === null || openData.flagged < ENOUGH
    ? null
    : `its detector is right in ${percent(openData.right / openData.flagged)} of cases on open data`;
}
