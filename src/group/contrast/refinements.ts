import { both, count } from './bits.ts';
import { type Candidate, candidate } from './condition-pool.ts';
import type { Search } from './search.ts';

/** Most atoms of a condition. */
const MOST_ATOMS = 3;

/**
 * Narrower conditions: each of the broad ones with one more fact, of any kind. The broad ones have to be tested, so that
 * a search over their refinements finds nothing where the broad ones found nothing by chance.
 */
export function* refinements({ table }: Search, broad: readonly Candidate[]): Generator<Candidate> {
  for (const { condition, bits, support, isStyle } of broad) {
    if (isStyle || condition.atoms.length >= MOST_ATOMS) continue;
    const keys = new Set(condition.atoms.map(({ fact }) => fact.key));
    for (const { atom, bits: more } of table.atoms) {
      if (keys.has(atom.fact.key)) continue;
      const narrower = both(bits, more);
      const left = count(narrower);
      if (left >= table.least && left < support)
        yield candidate([...condition.atoms, atom], narrower, left);
    }
  }
}
