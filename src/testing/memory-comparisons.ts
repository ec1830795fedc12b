import type { StoredComparison, Workspace } from '../store/workspace/workspace.ts';

type ComparisonStore = Pick<
  Workspace,
  | 'addComparison'
  | 'comparison'
  | 'comparisons'
  | 'nextComparison'
  | 'moveComparison'
  | 'setComparisonProgress'
  | 'comparisonReport'
>;

/** Comparisons in memory. */
export function memoryComparisons(): ComparisonStore {
  const held = new Map<string, StoredComparison>();
  const reports = new Map<string, Uint8Array>();
  const of = (project: string) => [...held.values()].filter((each) => each.project === project);
  const isOpen = (state: StoredComparison['state'] | undefined): boolean =>
    state === 'waiting' || state === 'running';
  return {
    async addComparison(comparison) {
      if (held.has(comparison.id)) return false;
      held.set(comparison.id, comparison);
      return true;
    },
    comparison: async (_, id) => held.get(id) ?? null,
    comparisons: async (project) => of(project).toReversed(),
    async nextComparison(project) {
      const open = of(project).filter(({ state }) => isOpen(state));
      return open.find(({ state }) => state === 'running') ?? open[0] ?? null;
    },
    async moveComparison(_, id, to) {
      const before = held.get(id);
      if (before === undefined || !isOpen(before.state)) return false;
      const { result, ...rest } = { result: null, ...to };
      if (result !== null) reports.set(id, result.report);
      const headline = result?.headline ?? null;
      held.set(id, { ...before, ...rest, headline, progress: null });
      return true;
    },
    async setComparisonProgress(_, id, progress) {
      const before = held.get(id);
      if (before?.state === 'running') held.set(id, { ...before, progress });
      return before?.state ?? null;
    },
    comparisonReport: async (_, id) => reports.get(id) ?? null,
  };
}
