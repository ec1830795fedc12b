/** Somebody changed something. */
export interface AuditEntry {
  /** Rises with every entry. */
  readonly id: number;
  readonly project: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Id of the person or key; '' for the user of an open server. */
  readonly by: string;
  /** Name of the person or key at that time. */
  readonly name: string;
  /** What was done, such as `key.revoke`. */
  readonly action: string;
  /** Id of what it was done to; '' for the project. */
  readonly subject: string;
  /** The subject before and after; null where it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Which entries to list; all where it names nothing. */
export interface AuditFilter {
  /** Id of the person or key. */
  readonly by?: string | undefined;
  /** The word before the dot of the action, such as `key`. */
  readonly kind?: string | undefined;
  /** Epoch milliseconds. */
  readonly from?: number | undefined;
  /** Epoch milliseconds, not included. */
  readonly to?: number | undefined;
}

interface AuditPage extends AuditFilter {
  readonly limit: number;
  /** Only those with a smaller id. */
  readonly before?: number | undefined;
}

/** Who changed what, and when. Entries are never changed, and go with their project alone. */
export interface AuditLog {
  add(audit: Omit<AuditEntry, 'id'>): Promise<void>;
  /** Newest first. */
  list(project: string, page: AuditPage): Promise<readonly AuditEntry[]>;
}
