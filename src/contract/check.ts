import type { Layer } from './category.ts';

/** A detector in plain language: what to look for, answered by a model. A yes is a failure. */
export interface Check {
  /** Id of the detector: small letters, digits and `_`. */
  readonly name: string;
  /** The failure in one sentence, as the user wrote it. */
  readonly text: string;
  /** Category its findings are filed under; its own name unless another was given. */
  readonly category: string;
  /** Of a category that the taxonomy does not know; 1 to 5. */
  readonly severity: number;
  readonly layer: Layer;
  readonly fixCost: number;
}
