import type { SessionStore, StoredSession } from '../store/workspace/workspace.ts';

/** Sessions in memory. */
export function memorySessions(): SessionStore {
  const sessions: StoredSession[] = [];
  const reports = new Map<string, Uint8Array>();
  const placeOf = (project: string, id: string): number =>
    sessions.findIndex((each) => each.project === project && each.id === id);
  const change = (at: number, fields: Partial<StoredSession>): StoredSession | null => {
    const before = sessions[at];
    if (before === undefined) return null;
    const after = { ...before, ...fields };
    sessions[at] = after;
    return after;
  };
  const isOpen = (session: StoredSession | undefined): boolean =>
    session?.state === 'waiting' || session?.state === 'running';
  return {
    async addSession(session) {
      if (sessions.some(({ id }) => id === session.id)) return false;
      sessions.push(session);
      return true;
    },
    session: async (project, id) => sessions[placeOf(project, id)] ?? null,
    sessions: async (project) => sessions.filter((each) => each.project === project).toReversed(),
    async nextSession(project) {
      const open = sessions.filter((each) => each.project === project && isOpen(each));
      return open.find(({ state }) => state === 'running') ?? open[0] ?? null;
    },
    async changeNotes(project, id, { addMinutes = 0, ...fields }) {
      const at = placeOf(project, id);
      return change(at, { ...fields, minutes: (sessions[at]?.minutes ?? 0) + addMinutes });
    },
    async moveSession(project, id, { state, ...rest }) {
      const at = placeOf(project, id);
      if (!isOpen(sessions[at])) return false;
      const { result, ...fields } = { result: null, ...rest };
      const counts = result === null ? {} : { traces: result.traces, failed: result.failed };
      if (result !== null) reports.set(id, result.report);
      change(at, { state, ...fields, ...counts, progress: null });
      return true;
    },
    async setProgress(project, id, progress) {
      const at = placeOf(project, id);
      if (sessions[at]?.state === 'running') change(at, { progress });
      return sessions[at]?.state ?? null;
    },
    sessionReport: async (_, id) => reports.get(id) ?? null,
    async removeSession(project, id) {
      const at = placeOf(project, id);
      if (at < 0) return false;
      sessions.splice(at, 1);
      reports.delete(id);
      return true;
    },
  };
}
