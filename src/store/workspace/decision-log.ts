import { isDeepStrictEqual } from 'node:util';
import {
  type Activity,
  ANNOTATED_KINDS,
  type Change,
  type Changed,
  type Decision,
} from '../../contract/decision.ts';
import type { Json } from '../../contract/json.ts';

/** An action of a person: one line of the log. */
export interface Act {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  readonly action: string;
  readonly changes: readonly Change[];
}

interface Undo extends Omit<Act, 'action' | 'changes'> {
  /** Id of the action to take back. */
  readonly undoes: string;
}

export type UndoResult =
  | { readonly kind: 'done'; readonly activity: Activity }
  /** `lasting`: files were written, which stay. */
  | { readonly kind: 'missing' | 'undone already' | 'lasting' }
  /** It changed a label, a taxonomy or a queue, which `AnnotationStore` takes back. */
  | { readonly kind: 'annotation'; readonly changes: readonly Changed[] }
  /** Something that the action changed was changed again since. */
  | { readonly kind: 'changed since'; readonly changed: Changed };

interface ActivityPage {
  readonly limit: number;
  /** Id of the action that the page goes on from. */
  readonly before?: string;
  /** Only actions that changed something about this cause or trace. */
  readonly subject?: string;
}

/** Decisions of a project, and the log of who made and took back which. */
export interface DecisionLog {
  decisions(project: string): Promise<readonly Decision[]>;
  /** Makes all changes of an action, or none, and logs them. */
  act(project: string, act: Act): Promise<Activity>;
  /** Sets all that an action changed to what it was before, as an action of its own; or says why it cannot. */
  undo(project: string, undo: Undo): Promise<UndoResult>;
  /** Null where there is none of that id. */
  activityOf(project: string, id: string): Promise<Activity | null>;
  /** Newest first. */
  activity(project: string, page: ActivityPage): Promise<readonly Activity[]>;
}

/** Where a value is: null where none is set. */
export type ValueAt = (at: Omit<Change, 'value'>) => Json;

/** What a decision was before and after. */
export type Decided = Changed & Pick<Change, 'kind'>;

/** Whether decisions changed, and nothing else. */
export const areDecided = (changes: readonly Changed[]): changes is readonly Decided[] =>
  !changes.some(({ kind }) => (ANNOTATED_KINDS as readonly string[]).includes(kind));

/** Whether files were written, which no undo takes back. */
export const isLasting = (changes: readonly Changed[]): boolean =>
  changes.some(({ kind, field }) => kind === 'cause' && field === 'suite');

/** What changes do to the values that hold. */
export const changedBy = (changes: readonly Change[], valueAt: ValueAt): Decided[] =>
  changes.map(({ kind, subject, field, value }) => ({
    ...{ kind, subject, field },
    before: valueAt({ kind, subject, field }),
    after: value,
  }));

/** The changes that take others back; the first value that has changed since, where one has. */
export function inverse(
  changes: readonly Decided[],
  valueAt: ValueAt,
): { readonly changes: readonly Change[] } | { readonly changed: Changed } {
  const changed = changes.find((change) => !isDeepStrictEqual(valueAt(change), change.after));
  if (changed !== undefined) return { changed };
  return {
    changes: changes.map(({ kind, subject, field, before }) => ({
      ...{ kind, subject, field },
      value: before,
    })),
  };
}
