import type { Failure } from '../../contract/failure.ts';
import type { Signal } from '../../contract/signal.ts';
import { structure } from './structure.ts';

const SECONDARY = 3;

/**
 * What went wrong, without whom it happened to: fingerprint and summary of the first cause, the
 * fingerprints of the next, and for failures no detector explains the shape of the run and the error.
 */
export function brief(failure: Failure): string {
  const causes = failure.signals.filter(({ category }) => category !== null);
  const [first, ...others] = causes;
  if (first === undefined) return unexplained(failure);
  return [
    spell(first),
    first.summary,
    ...others
      .filter(({ category }) => category !== first.category)
      .slice(0, SECONDARY)
      .map(({ category }) => category ?? ''),
  ].join('\n');
}

/** Fingerprint parts as words, the general ones repeated so that they weigh more than the specific. */
const spell = ({ fingerprint }: Signal): string => fingerprint.split('|').join('\n');

const unexplained = (failure: Failure): string =>
  [
    ...failure.signals.map(({ fingerprint }) => fingerprint.replaceAll('|', ' ')),
    failure.trace.error?.type ?? '',
    structure(failure),
  ]
    .filter((part) => part !== '')
    .join('\n');
