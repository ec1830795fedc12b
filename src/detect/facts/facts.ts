import type { FactSet } from '../../contract/condition.ts';
import type { FileModel } from '../../contract/file-model.ts';
import type { Signal } from '../../contract/signal.ts';
import { noFileModel } from '../file/no-file-model.ts';
import type { Run } from '../run/run.ts';
import type { Fact } from './fact.ts';
import { type FactPart, factParts, partOf, type ReadKind } from './parts.ts';
import { Reading } from './reading.ts';
import { signalFacts } from './signal-facts.ts';

/** The facts of one trace, each once. `file` holds the facts of the whole input; `signals` are the findings of detectors. */
export const factsOf = (run: Run, file: FileModel, signals: readonly Signal[]): readonly Fact[] => [
  ...signalFacts(signals),
  ...runFacts(run, file).all(),
];

/** The facts in the trace itself: what it did, what came back, how it ended, and how it answered. */
export class RunFacts {
  readonly #reading: Reading;
  readonly #read: Partial<Record<FactPart, true>> = {};

  constructor(run: Run, file: FileModel) {
    this.#reading = new Reading(run, file);
  }

  /** Whether the run made calls, recorded as such or written in its text. */
  get hasSteps(): boolean {
    return this.#reading.dialogue.steps.length > 0;
  }

  /** The first fact of a kind. Its part is read when it is first asked for. */
  first(kind: ReadKind): Fact | undefined {
    this.#readPart(partOf[kind]);
    return this.#reading.facts.first(kind);
  }

  /** The facts of some kinds, in the order in which they were read. */
  of(...kinds: readonly ReadKind[]): readonly Fact[] {
    for (const kind of kinds) this.#readPart(partOf[kind]);
    return this.#reading.facts.of(kinds);
  }

  all(): readonly Fact[] {
    for (const part of PARTS) this.#readPart(part);
    return this.#reading.facts.all();
  }

  #readPart(part: FactPart): void {
    if (this.#read[part] === true) return;
    this.#read[part] = true;
    factParts[part](this.#reading);
  }
}

const PARTS = Object.keys(factParts) as readonly FactPart[];

/** The facts of a run, kept on the run; `file` is null for a single trace. */
export function runFacts(run: Run, file: FileModel | null): RunFacts {
  const kept = run.once(nothingRead);
  if (kept.last === null || kept.last.file !== file)
    kept.last = { file, facts: new RunFacts(run, file ?? noFileModel) };
  return kept.last.facts;
}

/** The facts read last, with the file facts that they were read with. */
interface KeptFacts {
  last: { readonly file: FileModel | null; readonly facts: RunFacts } | null;
}

const nothingRead = (): KeptFacts => ({ last: null });

/** Facts as a row that conditions can be evaluated on. */
export const factSet = (facts: readonly Fact[]): FactSet =>
  new Map(facts.map(({ key, quantity }) => [key, quantity]));
