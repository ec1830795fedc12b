import type { Figures } from '../detect/ask.ts';

/** A trace with a label, as a model is fitted to it. */
export interface LearnRow {
  /** Group of rows that folds keep together, 0 up. */
  readonly task: number;
  readonly failed: boolean;
  readonly figures: Figures;
  /** Of the answer, then of the request; null where no vectors are tried. */
  readonly vector: Float32Array | null;
}
