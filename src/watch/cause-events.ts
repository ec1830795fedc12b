import type { Cluster } from '../contract/cluster.ts';

/** A cause as views list it; the last may stand for failures in no cluster. */
export type ListedCause = Pick<Cluster, 'id' | 'title' | 'category' | 'layer' | 'severity'> & {
  /** False for failures that no cause explains. */
  readonly isNamed: boolean;
};

/** A failure that was assigned to a cause. */
export interface CauseEvent {
  /** Of the ledger. */
  readonly row: number;
  /** Position in the list of causes. */
  readonly cause: number;
  /** How many failed traces it stands for. */
  readonly weight: number;
}

/** Failures by cause, and what to know of how they were counted. */
export interface CauseEvents {
  readonly causes: readonly ListedCause[];
  readonly events: readonly CauseEvent[];
  /** Why no rates can be computed; null where they are. */
  readonly noRates: string | null;
}
