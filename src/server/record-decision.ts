import type { Activity, Change } from '../contract/decision.ts';
import type { UndoResult } from '../store/workspace/workspace.ts';
import type { Access } from './http/access.ts';
import type { ServerContext } from './server-context.ts';

/** The user of an open server, who has no account. */
const LOCAL = 'local';

/** Makes all changes of an action, or none, and writes them to the activity log: the one way by which decisions are made. */
export const recordDecision = (
  { workspace, clock, newId }: Pick<ServerContext, 'workspace' | 'clock' | 'newId'>,
  who: Pick<Access, 'project' | 'by'>,
  action: string,
  changes: readonly Change[],
): Promise<Activity> =>
  workspace.act(who.project, { id: newId(), at: clock(), by: who.by || LOCAL, action, changes });

/** Takes an action back, as an action of its own. */
export const undoDecision = (
  { workspace, clock, newId }: Pick<ServerContext, 'workspace' | 'clock' | 'newId'>,
  who: Pick<Access, 'project' | 'by'>,
  undoes: string,
): Promise<UndoResult> =>
  workspace.undo(who.project, { id: newId(), at: clock(), by: who.by || LOCAL, undoes });
