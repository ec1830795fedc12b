import type { AuditLog } from '../../store/workspace/workspace.ts';
import type { Access } from '../http/access.ts';

/** Something that was changed: what was done, to what, and what it was before and is now; null where it was not there. */
interface Change {
  readonly action: string;
  /** Id; '' for the project itself. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Records who changed what. */
export type Note = (
  access: Pick<Access, 'project' | 'by' | 'name'>,
  change: Change,
) => Promise<void>;

export const noteIn =
  (log: AuditLog, clock: () => number): Note =>
  ({ project, by, name }, change) =>
    log.add({ project, by, name, at: clock(), ...change });
