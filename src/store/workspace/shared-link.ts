/** A report of one tenant that whoever has the link may read. */
export interface SharedLink {
  readonly id: string;
  readonly project: string;
  readonly tenant: string;
  /** Id of the session whose result it shows. */
  readonly session: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Id of who made it. */
  readonly by: string;
  readonly expires: number;
  /** Null while it holds. */
  readonly revoked: number | null;
  /** How often it was opened, and when last; null for never. */
  readonly openings: number;
  readonly opened: number | null;
}

/** Links to reports of one tenant. */
export interface SharedLinks {
  /** @param hash SHA-256 of the secret, in hex. */
  add(link: Omit<SharedLink, 'revoked' | 'openings' | 'opened'>, hash: string): Promise<void>;
  /** Newest first, at most 200. */
  list(project: string): Promise<readonly SharedLink[]>;
  /** The link with that hash, also one that holds no more. */
  find(hash: string): Promise<SharedLink | null>;
  /** What it was; null where the project has no such valid link. */
  revoke(project: string, id: string, at: number): Promise<SharedLink | null>;
  countOpening(id: string, at: number): Promise<void>;
}
