import type { Activity, Change, Decision } from '../contract/decision.ts';
import {
  type Act,
  areDecided,
  changedBy,
  type DecisionLog,
  inverse,
  isLasting,
  type ValueAt,
} from '../store/workspace/workspace.ts';

/** Decisions in memory. */
export function memoryDecisions(): DecisionLog {
  const held = new Map<string, Decision & { readonly project: string }>();
  const log: (Activity & { readonly project: string })[] = [];
  const keyOf = (project: string, { kind, subject, field }: Omit<Change, 'value'>): string =>
    JSON.stringify([project, kind, subject, field]);
  const valuesOf =
    (project: string): ValueAt =>
    (change) =>
      held.get(keyOf(project, change))?.value ?? null;
  const write = (project: string, act: Act, undoes: string | null): Activity => {
    const { id, at, by, action, changes } = act;
    const changed = changedBy(changes, valuesOf(project));
    for (const change of changes) {
      if (change.value === null) held.delete(keyOf(project, change));
      else held.set(keyOf(project, change), { ...change, project, at, by });
    }
    const made = { id, at, by, action, changes: changed, undoes, undoneBy: null };
    log.unshift({ ...made, project });
    return made;
  };
  const shown = ({ project: _, ...activity }: (typeof log)[number]): Activity => activity;
  return {
    decisions: async (project) =>
      [...held.values()]
        .filter((decision) => decision.project === project)
        .map(({ project: _, ...decision }) => decision),
    act: async (project, act) => write(project, act, null),
    async undo(project, { undoes, ...given }) {
      const at = log.findIndex((each) => each.project === project && each.id === undoes);
      const found = log[at];
      if (found === undefined) return { kind: 'missing' };
      if (found.undoneBy !== null) return { kind: 'undone already' };
      if (isLasting(found.changes)) return { kind: 'lasting' };
      if (!areDecided(found.changes)) return { kind: 'annotation', changes: found.changes };
      const back = inverse(found.changes, valuesOf(project));
      if ('changed' in back) return { kind: 'changed since', changed: back.changed };
      log[at] = { ...found, undoneBy: given.id };
      const act = { ...given, action: 'undo', changes: back.changes };
      return { kind: 'done', activity: write(project, act, undoes) };
    },
    async activityOf(project, id) {
      const found = log.find((each) => each.project === project && each.id === id);
      return found === undefined ? null : shown(found);
    },
    async activity(project, { limit, before, subject }) {
      const own = log.filter(
        ({ project: of, changes }) =>
          of === project &&
          (subject === undefined || changes.some((change) => change.subject === subject)),
      );
      const from = before === undefined ? 0 : own.findIndex(({ id }) => id === before) + 1;
      return own.slice(from, from + limit).map(shown);
    },
  };
}
