import { undoTaxonomyChange } from '../annotation/annotation.ts';
import type { Activity, Change } from '../contract/decision.ts';
import type { AnnotationUndo, UndoResult, Workspace } from '../store/workspace/workspace.ts';
import type { Access } from './http/access.ts';

interface Deps {
  readonly workspace: Workspace;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newId: () => string;
}

type Who = Pick<Access, 'project' | 'by'>;

/** Makes all changes of an action, or none, and writes them to the activity log: the one way by which decisions are made. */
export const recordDecision = (
  { workspace, clock, newId }: Deps,
  { project, by }: Who,
  action: string,
  changes: readonly Change[],
): Promise<Activity> => workspace.act(project, { id: newId(), at: clock(), by, action, changes });

type Undone = Exclude<UndoResult, { readonly kind: 'annotation' }> | AnnotationUndo;

/** Takes an action back, as an action of its own. */
export async function undoDecision(
  { workspace, clock, newId }: Deps,
  { project, by }: Who,
  undoes: string,
): Promise<Undone> {
  const doing = { id: newId(), at: clock(), by, undoes };
  const result = await workspace.undo(project, doing);
  if (result.kind !== 'annotation') return result;
  const { annotation } = workspace;
  return result.changes.some(({ kind }) => kind === 'taxonomy')
    ? await annotation.undoTaxonomy(project, doing, undoTaxonomyChange)
    : await annotation.undo(project, doing);
}
