import type { Atom, Condition } from '../../contract/condition.ts';
import type { FactRole } from '../../contract/fact.ts';
import { type Bits, both, countBoth } from './bits.ts';
import type { AtomRows, FactTable } from './fact-table.ts';

/** A condition that may name a cause, and the rows that meet it. */
export interface Candidate {
  readonly condition: Condition;
  readonly bits: Bits;
  readonly support: number;
  /** Mean weight of the kinds of its facts. */
  readonly weight: number;
  /** One of its facts says by its form that something went wrong. */
  readonly byForm: boolean;
  /** One of its facts is what a detector says. */
  readonly bySignal: boolean;
  /** All its facts are about wording or size. */
  readonly isStyle: boolean;
}

const MOST_FACTS = 350;
const MOST_PAIRS = 12_000;
/** A pair that nearly always holds when one of its facts does says no more than that fact. */
const MOST_OF_ONE = 0.9;

/**
 * Conditions of one or two facts, chosen without looking at outcomes: at most 350 facts, one for each set of rows, and
 * the 12,000 pairs farthest from independence.
 */
export function conditionPool(table: FactTable): readonly Candidate[] {
  const facts = chosenFacts(table);
  const singles = facts.map((fact) => candidate([fact.atom], fact.bits, fact.support));
  return [...singles, ...pairs(facts, table)];
}

function chosenFacts({ atoms, rows }: FactTable): readonly AtomRows[] {
  const distinct = new Map<string, AtomRows>();
  const worth = (atom: AtomRows): number =>
    atom.atom.fact.weight * Math.sqrt((atom.support / rows) * (1 - atom.support / rows));
  for (const atom of atoms) {
    const cover = atom.bits.join();
    const known = distinct.get(cover);
    if (known === undefined || prefers(atom, known)) distinct.set(cover, atom);
  }
  const sorted = [...distinct.values()].sort(
    (a, b) => worth(b) - worth(a) || (a.atom.fact.key < b.atom.fact.key ? -1 : 1),
  );
  const chosen: AtomRows[] = [];
  for (const [roles, most] of QUOTAS) {
    const fitting = sorted.filter(({ atom }) => roles.includes(atom.fact.role));
    chosen.push(...fitting.slice(0, Math.min(most, MOST_FACTS - chosen.length)));
  }
  return chosen;
}

/** Facts about what went wrong go first, then what the run did, then wording and size. */
const QUOTAS: readonly (readonly [roles: readonly FactRole[], most: number])[] = [
  [['form', 'signal'], 180],
  [['act'], 100],
  [['speech', 'size'], MOST_FACTS],
];

/** Of two facts with the same rows: the one of higher weight, then the first by key. */
function prefers(a: AtomRows, b: AtomRows): boolean {
  const first = a.atom.fact;
  const second = b.atom.fact;
  return first.weight !== second.weight ? first.weight > second.weight : first.key < second.key;
}

function pairs(facts: readonly AtomRows[], { rows, least }: FactTable): readonly Candidate[] {
  const found: { a: AtomRows; b: AtomRows; support: number; distance: number }[] = [];
  for (const [index, a] of facts.entries()) {
    for (let other = index + 1; other < facts.length; other++) {
      const b = facts[other]!;
      if (a.atom.fact.key === b.atom.fact.key) continue;
      if (standsAlone(a.atom) || standsAlone(b.atom)) continue;
      const support = countBoth(a.bits, b.bits);
      if (support < least || support > MOST_OF_ONE * Math.min(a.support, b.support)) continue;
      const expected = (a.support * b.support) / rows;
      found.push({ a, b, support, distance: Math.abs(support - expected) / Math.sqrt(expected) });
    }
  }
  found.sort((x, y) => y.distance - x.distance || x.support - y.support);
  return found
    .slice(0, MOST_PAIRS)
    .map(({ a, b, support }) => candidate([a.atom, b.atom], both(a.bits, b.bits), support));
}

/** Bounds, and the fact that a detector found anything, say too little in a pair. */
const standsAlone = ({ fact, least, most }: Atom): boolean =>
  least !== null || most !== null || fact.kind === 'finding';

/** The condition made of these atoms; `bits` are the rows that meet it. */
export function candidate(atoms: readonly Atom[], bits: Bits, support: number): Candidate {
  const weight = atoms.reduce((sum, { fact }) => sum + fact.weight, 0) / atoms.length;
  return {
    condition: { atoms: [...atoms] },
    bits,
    support,
    weight,
    byForm: atoms.some(({ fact }) => fact.role === 'form'),
    bySignal: atoms.some(({ fact }) => fact.role === 'signal'),
    isStyle: atoms.every(({ fact }) => fact.role === 'speech' || fact.role === 'size'),
  };
}
