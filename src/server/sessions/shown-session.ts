import type { StoredSession } from '../../store/workspace/workspace.ts';
import type { ShownSession } from './session-schemas.ts';

/** A session as the API shows it. */
export function shownSession({ project: _, ...session }: StoredSession): ShownSession {
  return {
    ...session,
    agenda: [...session.agenda],
    people: [...session.people],
    created: new Date(session.created).toISOString(),
    started: timeOf(session.started),
    ended: timeOf(session.ended),
  };
}

const timeOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
