import type { FactColumn } from '../../contract/fact.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { Run } from '../run/run.ts';
import type { Passage } from './dialogue.ts';
import { type FactKind, factKinds, factStatement } from './fact-kinds.ts';

/** Something true of one trace, with the place that shows it. */
export interface Fact {
  readonly kind: FactKind;
  /** Masked: the same fact in two traces has the same parts. */
  readonly parts: readonly string[];
  /** Kind and parts as one string. */
  readonly key: string;
  /** The amount, if the kind is a quantity. */
  readonly quantity: number | null;
  readonly place: Passage | null;
  /** Range of the place's text. */
  readonly start: number;
  readonly end: number;
}

/** Gathers the facts of one trace, each once. */
export class FactList {
  readonly #facts = new Map<string, Fact>();

  add(
    kind: FactKind,
    parts: readonly string[] = NO_PARTS,
    place: Passage | null = null,
    start = 0,
    end = place?.text.length ?? 0,
    quantity: number | null = null,
  ): void {
    let key: string = kind;
    for (let index = 0; index < parts.length; index++) key += `|${parts[index]}`;
    if (!this.#facts.has(key))
      this.#facts.set(key, { kind, parts, key, quantity, place, start, end });
  }

  quantity(kind: FactKind, quantity: number, place: Passage | null = null): void {
    this.add(kind, NO_PARTS, place, 0, place?.text.length ?? 0, quantity);
  }

  of(kinds: readonly FactKind[]): readonly Fact[] {
    return this.all().filter(({ kind }) => kinds.includes(kind));
  }

  first(wanted: FactKind): Fact | undefined {
    for (const fact of this.#facts.values()) if (fact.kind === wanted) return fact;
    return undefined;
  }

  all(): readonly Fact[] {
    return [...this.#facts.values()];
  }
}

const NO_PARTS: readonly string[] = [];

/** The quote that shows a fact; null if the fact is that something is missing. */
export const factEvidence = (run: Run, { place, start, end }: Fact): Evidence | null =>
  place === null
    ? null
    : run.quote(place.path, place.text.slice(start, Math.min(end, start + 400)), place.spanId);

/** What the facts of one key have in common. */
export function factColumn({ kind, parts, key }: Fact): FactColumn {
  const { weight, role, grouped = true } = factKinds[kind];
  return { key, kind, role, weight, grouped, statement: factStatement(kind, parts) };
}
