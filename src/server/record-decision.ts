import type { Activity, Change } from '../contract/decision.ts';
import type { UndoResult } from '../store/workspace/workspace.ts';
import type { ServerContext } from './server-context.ts';

/** The user of requests without an account. */
const LOCAL = 'local';

/** Makes all changes of an action, or none, and writes them to the activity log: the one way by which decisions are made. */
export const recordDecision = (
  { workspace, clock, newId }: Pick<ServerContext, 'workspace' | 'clock' | 'newId'>,
  { project }: { readonly project: string },
  action: string,
  changes: readonly Change[],
): Promise<Activity> =>
  workspace.act(project, { id: newId(), at: clock(), by: LOCAL, action, changes });

/** Takes an action back, as an action of its own. */
export const undoDecision = (
  { workspace, clock, newId }: Pick<ServerContext, 'workspace' | 'clock' | 'newId'>,
  { project }: { readonly project: string },
  undoes: string,
): Promise<UndoResult> => workspace.undo(project, { id: newId(), at: clock(), by: LOCAL, undoes });
