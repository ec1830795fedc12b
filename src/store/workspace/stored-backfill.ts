/** How far the stored traces of a project are judged by one version. */
export interface StoredBackfill {
  /** Names the detectors, facts and causes that traces are to be judged by. */
  readonly judgedBy: string;
  /** What judged the traces before; '' where that is not known. */
  readonly replaces: string;
  /** Traces that are stored. */
  readonly traces: number;
  /** Of them, those that another version judged, as last counted. */
  readonly older: number;
  /** Epoch milliseconds; null while it waits or runs. */
  readonly ended: number | null;
}

/** The last backfill of each project. */
export interface BackfillStore {
  latest(project: string): Promise<StoredBackfill | null>;
  /** Replaces the one before. */
  keep(project: string, backfill: StoredBackfill): Promise<void>;
  /** How many are left; does nothing where it has ended, or another one began. */
  advance(
    project: string,
    { judgedBy, older }: Pick<StoredBackfill, 'judgedBy' | 'older'>,
  ): Promise<void>;
  /** It was cancelled; what is left stays as it is. */
  stop(project: string, at: number): Promise<void>;
}
