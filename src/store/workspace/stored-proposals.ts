import type { Json } from '../../contract/json.ts';

/** What a re-clustering proposes; nobody has decided on it. */
export interface StoredProposals {
  /** Id of the session that was compared with the causes. */
  readonly session: string;
  /** When it began; epoch milliseconds. */
  readonly at: number;
  readonly items: readonly Json[];
}

/** Proposals of projects: those of the last re-clustering. */
export interface ProposalStore {
  latest(project: string): Promise<StoredProposals | null>;
  /** Replaces those of an earlier re-clustering. */
  keep(project: string, proposals: StoredProposals): Promise<void>;
}
