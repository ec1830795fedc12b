import { placeOf } from '../suite/located.ts';
import { caseResults, type ResultParts } from './case-results.ts';

/** GitHub shows ten of a kind for each step. */
const SHOWN = 10;

/**
 * Commands of a GitHub workflow that mark the cases that did not pass, at their line in the suite; the slice is left to
 * the summary, which has its counts.
 */
export function annotations(parts: ResultParts): string {
  const bad = caseResults(parts).filter(
    ({ outcome, judged }) => outcome !== 'passed' && judged.role !== 'slice',
  );
  return bad
    .slice(0, SHOWN)
    .map(({ suite: { located }, judged: { id, role, verdict }, outcome, why }) => {
      const index = indexOf(located.document.toJS(), id);
      const place = placeOf(located, ['cases', index, 'id']);
      const at = place.lastIndexOf(':');
      const kind = outcome === 'skipped' ? 'warning' : 'error';
      return `::${kind} file=${property(place.slice(0, at))},line=${place.slice(at + 1)},title=${property(`${role} ${id}: ${verdict}`)}::${data(why)}\n`;
    })
    .join('');
}

const indexOf = (
  suite: { readonly cases: readonly { readonly id: string }[] },
  id: string,
): number => suite.cases.findIndex((each) => each.id === id);

/** Escaped as the runner of GitHub reads it back. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
