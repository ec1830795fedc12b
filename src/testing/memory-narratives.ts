import type { JsonObject } from '../contract/json.ts';
import {
  type NarrativeStore,
  overBudget,
  type StoredNarrative,
} from '../store/workspace/workspace.ts';

interface Call {
  readonly at: number;
  key: string;
  readonly project: string;
  state: 'asked' | 'answered' | 'refused' | 'unclear';
  dollars: number;
  answer: JsonObject | null;
}

const DAY = 86_400_000;

/** Narratives in memory. */
export function memoryNarratives(): NarrativeStore {
  const kept = new Map<string, StoredNarrative>();
  const calls: Call[] = [];
  const keyOf = (project: string, cause: string): string => `${project} ${cause}`;
  const of = (project: string): readonly StoredNarrative[] =>
    [...kept.values()].filter((each) => each.project === project);
  const isOpen = ({ state }: StoredNarrative): boolean =>
    state === 'waiting' || state === 'running';
  return {
    of: async (project) => of(project),
    find: async (project, cause) => kept.get(keyOf(project, cause)) ?? null,
    async request(project, cause, by, asked) {
      const before = kept.get(keyOf(project, cause));
      if (before !== undefined && isOpen(before)) return before;
      const made: StoredNarrative = {
        ...{ project, cause, narrative: null, told: null, traces: [] },
        ...before,
        ...{ state: 'waiting', by, asked, ended: null, error: null },
        asksAgain: before?.error?.code === 'unclear',
      };
      kept.set(keyOf(project, cause), made);
      return made;
    },
    next: async (project) =>
      of(project)
        .filter(isOpen)
        .toSorted((a, b) =>
          a.state === b.state ? a.asked - b.asked : a.state === 'running' ? -1 : 1,
        )[0] ?? null,
    async move(project, cause, to) {
      const before = kept.get(keyOf(project, cause));
      if (before === undefined || !isOpen(before)) return false;
      const set = (change: Partial<StoredNarrative>): void => {
        kept.set(keyOf(project, cause), { ...before, ...change });
      };
      if (to.state === 'running') set({ state: 'running', asksAgain: false });
      else if (to.state === 'cancelled') set({ state: 'cancelled', ended: to.ended });
      else if (to.state === 'failed') set({ state: 'failed', ended: to.ended, error: to.error });
      else if (to.result.narrative === null)
        set({ state: 'failed', ended: to.ended, error: to.result.error });
      else set({ ...to.result, state: 'done', ended: to.ended, told: to.ended });
      return true;
    },
    async forget(project, causes) {
      for (const cause of causes) kept.delete(keyOf(project, cause));
      for (const call of calls)
        if (call.project === project) Object.assign(call, { key: '', answer: null });
    },
    async reserve({ project, key, worst, asksAgain }, budget, now) {
      const before = calls.findLast((call) => call.project === project && call.key === key);
      if (before?.state === 'answered') return { kind: 'kept', answer: before.answer };
      if (before !== undefined && before.state !== 'refused' && !asksAgain)
        return { kind: 'unclear' };
      const spent = calls
        .filter(({ at }) => at > now - DAY)
        .reduce((sum, call) => ({ calls: sum.calls + 1, dollars: sum.dollars + call.dollars }), {
          ...{ calls: 0, dollars: 0 },
        });
      const why = overBudget(spent, worst, budget);
      if (why !== null) return { kind: 'over', why };
      calls.push({ project, key, at: now, state: 'asked', dollars: worst ?? 0, answer: null });
      return { kind: 'taken', id: calls.length - 1 };
    },
    async settle(id, end) {
      const call = calls[id] as Call;
      call.state = end.state;
      if (end.state === 'refused') call.dollars = 0;
      if (end.state !== 'answered') return;
      call.answer = end.answer;
      call.dollars = end.dollars ?? call.dollars;
    },
  };
}
