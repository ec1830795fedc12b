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

/** Who changed what, and when. Entries are never changed, and go with their project alone. */
export interface AuditLog {
  add(audit: Omit<AuditEntry, 'id'>): Promise<void>;
  /** Newest first. @param before Only those with a smaller id. */
  list(project: string, limit: number, before: number | null): Promise<readonly AuditEntry[]>;
}
