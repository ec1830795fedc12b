import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Routes } from '../../../client/client.ts';
import type { Triage } from '../../../contract/person-label.ts';
import { notify } from '../../hooks/notice.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
import { LABELING, type QueueItem } from './label-queries.ts';

type Said = Routes['POST /items/{id}/answer']['body'];
export type Code = NonNullable<Said['codes']>[number];

/** What is about to be said of the item. */
interface Draft {
  readonly triage: Triage;
  readonly category: string | null;
  readonly note: string;
  readonly codes: readonly Code[];
  /** Whether the proposal was taken up to be changed. */
  readonly isEdited: boolean;
}

const EMPTY: Draft = { triage: 'genuine', category: null, note: '', codes: [], isEdited: false };

/** Well before a reservation ends. */
const RENEWED = 60_000;

export interface Labeling {
  /** Null while none is reserved; see `isOver`. */
  readonly item: QueueItem | null;
  /** Nothing is left for this person. */
  readonly isOver: boolean;
  readonly draft: Draft;
  /** Why the last answer was not saved; '' if it was. */
  readonly fault: string;
  readonly change: (change: Partial<Draft>) => void;
  /** Reserves the next item. */
  readonly next: () => void;
  /** Reserves an item of the list. */
  readonly open: (item: QueueItem) => void;
  readonly save: (change?: Partial<Draft>) => void;
  readonly defer: () => void;
  /** Takes the last answer back and shows its item again. */
  readonly undo: () => void;
}

/** Works through a queue: one item is reserved at a time, answered, and the next one taken. */
export function useLabeling(queue: string, isAdvancing: boolean): Labeling {
  const client = useQueryClient();
  const { project, client: ask } = useAsking();
  const [item, setItem] = useState<QueueItem | null>(null);
  const [isOver, setOver] = useState(false);
  const [draft, setDraft] = useState(EMPTY);
  const [fault, setFault] = useState('');
  const since = useRef(0);
  const answered = useRef<{ readonly activity: string; readonly item: string }[]>([]);
  const shown = useRef<QueueItem | null>(null);
  const running = useRef<Promise<void> | null>(null);

  const refresh = useCallback((): void => {
    for (const kind of LABELING) void client.invalidateQueries({ queryKey: [kind, project] });
  }, [client, project]);

  const show = useCallback((found: QueueItem | null): void => {
    since.current = Date.now();
    shown.current = found;
    setItem(found);
    setDraft(EMPTY);
    setFault('');
    setOver(found === null);
  }, []);

  /** One at a time: a key that is pressed meanwhile would meet another item. */
  const once = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (running.current !== null) return;
    running.current = work();
    try {
      await running.current;
    } catch (error) {
      setFault(reasonOf(error));
    } finally {
      running.current = null;
    }
  }, []);

  const take = useCallback(async (): Promise<void> => {
    const { item: found } = await ask('POST /queues/{id}/next', { path: { id: queue } });
    show(found);
    refresh();
  }, [ask, queue, show, refresh]);

  useEffect(() => {
    void once(take);
  }, [once, take]);

  useEffect(() => {
    if (item === null || item.isAnswered) return;
    const renew = setInterval(() => {
      void ask('POST /items/{id}/hold', { path: { id: item.id } }).then(
        ({ item: held }) => {
          if (held === null) setFault('Others have answered this item meanwhile');
        },
        (error: unknown) => setFault(reasonOf(error)),
      );
    }, RENEWED);
    return () => clearInterval(renew);
  }, [ask, item]);

  const save: Labeling['save'] = (change = {}) =>
    void once(async () => {
      if (item === null || item.isAnswered) return;
      const { triage, category, note, codes, isEdited } = { ...draft, ...change };
      if (triage === 'genuine' && category === null)
        return notify('Choose a category first: 1 to 9');
      const given = triage === 'genuine' ? category : null;
      const proposed = item.proposal?.category ?? null;
      const { activity } = await ask('POST /items/{id}/answer', {
        path: { id: item.id },
        body: {
          ...{ triage, category: given, note, codes: [...codes] },
          proposal:
            proposed === null
              ? null
              : given === proposed && !isEdited
                ? 'accepted'
                : isEdited
                  ? 'edited'
                  : 'rejected',
          milliseconds: Math.min(86_400_000, Date.now() - since.current),
        },
      });
      answered.current.push({ activity, item: item.id });
      notify('Saved. Press u to undo');
      if (isAdvancing) return await take();
      shown.current = { ...item, isAnswered: true };
      setItem(shown.current);
      setFault('');
      refresh();
    });

  return {
    ...{ item, isOver, draft, fault },
    change: (change) => setDraft((now) => ({ ...now, ...change })),
    next: () => void once(take),
    open: (wanted) =>
      void once(async () => {
        if (wanted.isAnswered) return notify('You have answered this one; u takes it back');
        const { item: held } = await ask('POST /items/{id}/hold', { path: { id: wanted.id } });
        if (held === null) return notify('Somebody else works on this one');
        if (item !== null && item.id !== held.id && !item.isAnswered)
          await ask('POST /items/{id}/release', { path: { id: item.id }, body: { defer: false } });
        show(held);
        refresh();
      }),
    save,
    defer: () =>
      void once(async () => {
        if (item === null) return;
        await ask('POST /items/{id}/release', { path: { id: item.id }, body: { defer: true } });
        notify('Put off: it comes again at the end');
        await take();
      }),
    undo: () => void undoOnce(),
  };

  /** Waits for what is being saved, which it is to take back. */
  async function undoOnce(): Promise<void> {
    await running.current?.catch(() => {});
    await once(async () => {
      const last = answered.current.at(-1);
      if (last === undefined) return notify('Nothing to undo here; the activity has all');
      await ask('POST /activity/{id}/undo', { path: { id: last.activity } });
      answered.current.pop();
      const now = shown.current;
      if (now !== null && !now.isAnswered && now.id !== last.item)
        await ask('POST /items/{id}/release', { path: { id: now.id }, body: { defer: false } });
      const { item: held } = await ask('POST /items/{id}/hold', { path: { id: last.item } });
      show(held);
      notify('Taken back');
      refresh();
    });
  }
}
