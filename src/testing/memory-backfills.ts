import type { BackfillStore, StoredBackfill } from '../store/workspace/workspace.ts';

/** Backfills in memory. */
export function memoryBackfills(): BackfillStore {
  const kept = new Map<string, StoredBackfill>();
  return {
    latest: async (project) => kept.get(project) ?? null,
    async keep(project, backfill) {
      kept.set(project, backfill);
    },
    async advance(project, { judgedBy, older }) {
      const before = kept.get(project);
      if (before?.judgedBy === judgedBy && before.ended === null)
        kept.set(project, { ...before, older });
    },
    async stop(project, at) {
      const before = kept.get(project);
      if (before?.ended === null) kept.set(project, { ...before, ended: at });
    },
  };
}
