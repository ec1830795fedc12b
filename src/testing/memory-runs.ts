import type { SentRun, SentRuns } from '../store/workspace/workspace.ts';

/** Sent runs in memory. */
export function memoryRuns(): SentRuns {
  const runs = new Map<string, SentRun>();
  return {
    async addRun(run) {
      runs.set(`${run.project} ${run.id}`, run);
    },
    sentRuns: async (project) =>
      [...runs.values()]
        .filter((run) => run.project === project)
        .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    sentReport: async (project, id) => runs.get(`${project} ${id}`)?.report ?? null,
  };
}
