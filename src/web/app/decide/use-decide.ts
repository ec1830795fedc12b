import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Change, Decision } from '../../../contract/decision.ts';
import { notify } from '../../hooks/notice.ts';
import { useAsking } from '../client/asking.ts';
import { ACTIVITY, DECISIONS, type LogLine, type Page } from '../client/queries.ts';
import { type Asking, request } from '../client/request.ts';
import { activityText } from './activity-text.ts';
import { addFailed, removeFailed } from './failed.ts';

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
  return useMemo(() => decidingWith(client, asking), [client, asking]);
}

function decidingWith(client: QueryClient, asking: Asking): Deciding {
  const held = [DECISIONS, asking.project];
  const refresh = (): void => {
    for (const kind of [DECISIONS, ACTIVITY])
      void client.invalidateQueries({ queryKey: [kind, asking.project] });
  };

  const decide: Deciding['decide'] = (action, changes) => {
    void save(action, changes);
  };

  async function save(action: string, changes: readonly Change[]): Promise<void> {
    await client.cancelQueries({ queryKey: held });
    const before = client.getQueryData<readonly Decision[]>(held);
    client.setQueryData<readonly Decision[]>(held, (now) => withChanges(now ?? [], changes));
    try {
      const json = { action, changes };
      await request<LogLine>(asking, '/decisions', { method: 'POST', json });
      notify(`${activityText(action, changes)}. Press u to undo`);
    } catch (error) {
      client.setQueryData(held, before);
      const failed = {
        text: activityText(action, changes),
        reason: error instanceof Error ? error.message : String(error),
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
      await request<LogLine>(asking, `/activity/${id}/undo`, { method: 'POST', json: {} });
      const undone = changes.map((change) => ({ ...change, value: change.after }));
      notify(`Undone: ${activityText(action, undone)}`);
    } catch (error) {
      notify(`Not undone. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      refresh();
    }
  };

  return {
    decide,
    undo: (line) => void undo(line),
    undoLatest() {
      void latestToUndo(asking).then(
        (line) => (line === null ? notify('Nothing to undo') : void undo(line)),
        (error: Error) => notify(`Not undone. ${error.message}`),
      );
    },
  };
}

async function latestToUndo(asking: Asking): Promise<LogLine | null> {
  let before = '';
  for (;;) {
    const page: Page<LogLine> = await request(asking, `/activity${before}`);
    const line = page.items.find(({ undoes, undoneBy }) => undoes === null && undoneBy === null);
    if (line !== undefined) return line;
    if (page.next === null) return null;
    before = `?before=${encodeURIComponent(page.next)}`;
  }
}

/** The decisions once the changes are made. */
export function withChanges(
  now: readonly Decision[],
  changes: readonly Change[],
): readonly Decision[] {
  const keyOf = ({ kind, subject, field }: Omit<Change, 'value'>): string =>
    JSON.stringify([kind, subject, field]);
  const changed = new Set(changes.map(keyOf));
  return [
    ...now.filter((decision) => !changed.has(keyOf(decision))),
    ...changes
      .filter(({ value }) => value !== null)
      .map((change) => ({ ...change, at: 0, by: '' })),
  ];
}
