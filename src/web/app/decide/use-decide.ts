import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Change } from '../../../contract/decision.ts';
import { notify } from '../../hooks/notice.ts';
import type { GuardedRoute } from '../access/refusal.ts';
import { useRefusal } from '../access/use-refusal.ts';
import { useSignIn } from '../access/use-sign-in.ts';
import { type Asking, reasonOf, useAsking } from '../client/asking.ts';
import {
  ACTIVITY,
  type Answer,
  DECISIONS,
  type DecisionNow,
  type LogLine,
} from '../client/queries.ts';
import { LABELING } from '../label/label-queries.ts';
import { activityText } from './activity-text.ts';
import { addFailed, removeFailed } from './failed.ts';

/** What deciding, and taking decisions back, asks for. */
export const DECIDE = 'POST /decisions';

export interface Deciding {
  /**
   * Shows the changes at once and saves them. What cannot be saved is taken back, and stays in sight with its reason.
   * @param action a verb for the activity log
   */
  readonly decide: (action: string, changes: readonly Change[]) => void;
  /** Takes back the latest action that is neither undone nor an undo. */
  readonly undoLatest: () => void;
  readonly undo: (line: LogLine) => void;
}

/** What a person can do about causes and failures. */
export function useDecide(): Deciding {
  const client = useQueryClient();
  const asking = useAsking();
  const refusal = useRefusal();
  const undoRoute = useUndoRoute();
  return useMemo(
    () => decidingWith(client, asking, refusal, undoRoute),
    [client, asking, refusal, undoRoute],
  );
}

/** What undoing a line asks: people who only label may take back their own labels, and nothing else. */
export function useUndoRoute(): (line: LogLine) => GuardedRoute {
  const own = useSignIn().data?.person?.id;
  return useCallback(
    ({ by, changes }) =>
      by === own && changes.every(({ kind }) => kind === 'label')
        ? 'POST /activity/{id}/undo'
        : DECIDE,
    [own],
  );
}

function decidingWith(
  client: QueryClient,
  asking: Asking,
  refusal: (route: GuardedRoute) => string | null,
  undoRoute: (line: LogLine) => GuardedRoute,
): Deciding {
  /** Does it, or says why the person may not. */
  const guarded = (route: GuardedRoute, work: () => void): void => {
    const why = refusal(route);
    if (why === null) work();
    else notify(`${why}.`);
  };
  const held = [DECISIONS, asking.project];
  const refresh = (): void => {
    for (const kind of [DECISIONS, ACTIVITY, ...LABELING])
      void client.invalidateQueries({ queryKey: [kind, asking.project] });
  };

  const decide: Deciding['decide'] = (action, changes) => {
    guarded(DECIDE, () => void save(action, changes));
  };

  async function save(action: string, changes: readonly Change[]): Promise<void> {
    await client.cancelQueries({ queryKey: held });
    const before = client.getQueryData<readonly DecisionNow[]>(held);
    client.setQueryData<readonly DecisionNow[]>(held, (now) => withChanges(now ?? [], changes));
    try {
      await asking.client('POST /decisions', { body: { action, changes } });
      notify(`${activityText(action, changes)}. Press u to undo`);
    } catch (error) {
      client.setQueryData(held, before);
      const failed = {
        text: activityText(action, changes),
        reason: reasonOf(error),
        again: () => {
          removeFailed(failed);
          decide(action, changes);
        },
      };
      addFailed(failed);
    } finally {
      refresh();
    }
  }

  const undo = async ({ id, action, changes }: LogLine): Promise<void> => {
    try {
      await asking.client('POST /activity/{id}/undo', { path: { id } });
      const undone = changes.map((change) => ({ ...change, value: change.after }));
      notify(`Undone: ${activityText(action, undone)}`);
    } catch (error) {
      notify(`Not undone. ${reasonOf(error)}`);
    } finally {
      refresh();
    }
  };

  return {
    decide,
    undo: (line) => guarded(undoRoute(line), () => void undo(line)),
    undoLatest: () =>
      guarded(DECIDE, () => {
        void latestToUndo(asking).then(
          (line) => (line === null ? notify('Nothing to undo') : void undo(line)),
          (error: unknown) => notify(`Not undone. ${reasonOf(error)}`),
        );
      }),
  };
}

async function latestToUndo(asking: Asking): Promise<LogLine | null> {
  let before: string | null = null;
  for (;;) {
    const page: Answer<'GET /activity'> = await asking.client('GET /activity', {
      query: before === null ? {} : { before },
    });
    const line = page.items.find(
      (each) => each.undoes === null && each.undoneBy === null && canUndo(each),
    );
    if (line !== undefined) return line;
    if (page.next === null) return null;
    before = page.next;
  }
}

/** The files of a promotion stay. */
export const canUndo = ({ action }: Pick<LogLine, 'action'>): boolean => action !== 'promote';

/** The decisions once the changes are made. */
function withChanges(
  now: readonly DecisionNow[],
  changes: readonly Change[],
): readonly DecisionNow[] {
  const keyOf = ({ kind, subject, field }: Omit<Change, 'value'>): string =>
    JSON.stringify([kind, subject, field]);
  const changed = new Set(changes.map(keyOf));
  return [
    ...now.filter((decision) => !changed.has(keyOf(decision))),
    ...changes
      .filter(({ value }) => value !== null)
      .map((change) => ({ ...change, at: '', by: '' })),
  ];
}
