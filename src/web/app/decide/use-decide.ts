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

/** What taking back asks for: who only labels takes back labels. */
export const UNDO = 'POST /activity/{id}/undo';

export interface Deciding {
  /**
   * Shows the changes at once and saves them. What cannot be saved is taken back, and stays in sight with its reason.
   * @param action a verb for the activity log
   */
  readonly decide: (action: string, changes: readonly Change[]) => void;
  /** Takes back the person's latest action that is neither undone nor an undo; what others decided stays. */
  readonly undoLatest: () => void;
  readonly undo: (line: LogLine) => void;
}

/** What a person can do about causes and failures. */
export function useDecide(): Deciding {
  const client = useQueryClient();
  const asking = useAsking();
  const refusal = useRefusal();
  const undoRoute = useUndoRoute();
  const own = useOwnId();
  return useMemo(
    () => decidingWith(client, asking, { refusal, undoRoute, own }),
    [client, asking, refusal, undoRoute, own],
  );
}

/** How the activity log calls the person; undefined until it is known. */
const useOwnId = (): string | undefined => useSignIn().data?.access?.by;

/** What undoing a line asks: people who only label may take back their own labels, and nothing else. */
export function useUndoRoute(): (line: LogLine) => GuardedRoute {
  const own = useOwnId();
  return useCallback(
    ({ by, changes }) =>
      by === own && changes.every(({ kind }) => kind === 'label') ? UNDO : DECIDE,
    [own],
  );
}

function decidingWith(
  client: QueryClient,
  asking: Asking,
  person: {
    readonly refusal: (route: GuardedRoute) => string | null;
    readonly undoRoute: (line: LogLine) => GuardedRoute;
    readonly own: string | undefined;
  },
): Deciding {
  const { refusal, undoRoute, own } = person;
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
      client.setQueryData<readonly DecisionNow[]>(held, (now) =>
        withoutChanges(now ?? [], before ?? [], changes),
      );
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

  const undoAllowed = (line: LogLine): void => guarded(undoRoute(line), () => void undo(line));
  return {
    decide,
    undo: undoAllowed,
    undoLatest: () =>
      guarded(UNDO, () => {
        void latestToUndo(asking, own).then(
          (line) =>
            line === null ? notify('Nothing that you did is left to undo') : undoAllowed(line),
          (error: unknown) => notify(`Not undone. ${reasonOf(error)}`),
        );
      }),
  };
}

async function latestToUndo(asking: Asking, own: string | undefined): Promise<LogLine | null> {
  let before: string | null = null;
  for (;;) {
    const page: Answer<'GET /activity'> = await asking.client('GET /activity', {
      query: before === null ? {} : { before },
    });
    const line = page.items.find(
      (each) => each.by === own && each.undoes === null && each.undoneBy === null && canUndo(each),
    );
    if (line !== undefined) return line;
    if (page.next === null) return null;
    before = page.next;
  }
}

/** The files of a promotion stay. */
export const canUndo = ({ action }: Pick<LogLine, 'action'>): boolean => action !== 'promote';

type Decided = readonly DecisionNow[];

/** The decisions once the changes are made. */
const withChanges = (now: Decided, changes: readonly Change[]): Decided => [
  ...now.filter(isAbout(changes, false)),
  ...changes.filter(({ value }) => value !== null).map((change) => ({ ...change, at: '', by: '' })),
];

/** The decisions with what the changes set as it was before; others that were made meanwhile stay. */
const withoutChanges = (now: Decided, before: Decided, changes: readonly Change[]): Decided => [
  ...now.filter(isAbout(changes, false)),
  ...before.filter(isAbout(changes, true)),
];

/** Whether a decision is about something that the changes set. */
function isAbout(
  changes: readonly Change[],
  isWanted: boolean,
): (decision: DecisionNow) => boolean {
  const keyOf = ({ kind, subject, field }: Omit<Change, 'value'>): string =>
    JSON.stringify([kind, subject, field]);
  const changed = new Set(changes.map(keyOf));
  return (decision) => changed.has(keyOf(decision)) === isWanted;
}
