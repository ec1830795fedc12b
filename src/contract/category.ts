/** Where the fix goes. */
export type Layer =
  | 'prompt'
  | 'tool'
  | 'retrieval'
  | 'model'
  | 'evaluation'
  | 'orchestration'
  | 'platform';

/** A node of the taxonomy. `definition` is a pass criterion: what a good run does. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  /** 1 (cosmetic) to 5 (harm or loss). */
  readonly severity: number;
  readonly layer: Layer;
  /** Effort to fix, in points: 1 (a prompt line) to 8 (a redesign). */
  readonly fixCost: number;
}
