import type { ReactNode } from 'react';
import type { CauseChange } from '../../../../contract/diff.ts';

/** What a page around a comparison adds to it. */
export interface DiffAdditions {
  /** Before the other cards beside the list of causes. */
  readonly side: ReactNode;
  /** After what is said of a cause. */
  readonly cause: (cause: CauseChange) => ReactNode;
  /** Before the other cards beside a cause. */
  readonly besideCause: (cause: CauseChange) => ReactNode;
}
