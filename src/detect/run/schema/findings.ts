import { MOST_VIOLATIONS, type Violation } from './violation.ts';

/** Whether a value keeps a schema; `unknown` where nobody can tell. */
export type Truth = 'yes' | 'no' | 'unknown';

export interface Outcome {
  readonly truth: Truth;
  readonly violations: readonly Violation[];
}

/** Truth and violations of one value under one schema. */
export class Findings {
  truth: Truth = 'yes';
  readonly path: Violation['path'];
  readonly violations: Violation[] = [];

  constructor(path: Violation['path']) {
    this.path = path;
  }

  unsure(): void {
    if (this.truth === 'yes') this.truth = 'unknown';
  }

  fail(kind?: Violation['kind'], expected = '', path = this.path): void {
    this.truth = 'no';
    if (kind !== undefined) this.#add({ kind, path, expected });
  }

  require({ truth, violations }: Outcome): void {
    if (truth === 'yes') return;
    if (truth === 'unknown') this.unsure();
    else {
      this.truth = 'no';
      this.addAll(violations);
    }
  }

  addAll(violations: readonly Violation[]): void {
    for (const violation of violations) this.#add(violation);
  }

  #add(violation: Violation): void {
    if (this.violations.length < MOST_VIOLATIONS) this.violations.push(violation);
  }
}
