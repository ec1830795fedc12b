import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Routes } from '../../../client/client.ts';
import { keptKey, useAsking } from './asking.ts';
import { readEvents } from './event-stream.ts';

/** Milliseconds between two tries to listen. */
const PAUSE = 2_000;
/** The server says every 15 seconds that it is there. */
const SILENCE = 40_000;
/** Between two questions for the same, however much happens. */
const REST = 2_000;
/** Between two questions while nothing is heard. */
const ASKING = 4_000;

type Status = Routes['GET /status']['answer'];

type Listener = (kind: string, data: unknown) => void;

const listeners = new Set<Listener>();
let isHeard = false;
const watchers = new Set<() => void>();

function setHeard(next: boolean): void {
  if (isHeard === next) return;
  isHeard = next;
  for (const changed of watchers) changed();
}

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed);
  return () => watchers.delete(changed);
};

/** Whether the page hears at once what happens; otherwise it asks every few seconds. */
export const useIsHeard = (): boolean => useSyncExternalStore(watch, () => isHeard);

/** Milliseconds between two questions for something that events tell of; false while they are heard. */
export const useFallback = (): number | false => (useIsHeard() ? false : ASKING);

/** Calls back with every event of the project, as long as the component is there. */
export function useEvents(onEvent: Listener): void {
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    const listener: Listener = (kind, data) => latest.current(kind, data);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}

/**
 * Listens to the project and asks anew for what changed. Only while the page is in sight: browsers open few connections to
 * a server, and pages behind others would take them all. What a page missed, it hears when it comes back.
 */
export function useListening(): void {
  const { project } = useAsking();
  const client = useQueryClient();
  const key = keptKey();
  useEffect(() => {
    let ended: AbortController | null = null;
    let last: string | null = null;
    const asker = askingAnew(client, project);
    const start = (): void => {
      const here = new AbortController();
      ended = here;
      void listen();
      async function listen(): Promise<void> {
        while (!here.signal.aborted) {
          try {
            const headers = {
              'x-culprit-project': project,
              ...(key !== null && { authorization: `Bearer ${key}` }),
              ...(last !== null && { 'last-event-id': last }),
            };
            const answer = await fetch('/api/v1/events', { headers, signal: here.signal });
            if (answer.ok && answer.body !== null)
              await readEvents(answer.body, SILENCE, ({ kind, data, id }) => {
                // What is shown already was asked for before anything could be heard.
                if (kind === 'missed' || (kind === 'start' && last === null)) asker.everything();
                last = id ?? last;
                setHeard(true);
                asker.about(kind, data);
                for (const listener of listeners) listener(kind, data);
              });
          } catch {
            // The server is away; the next try comes.
          }
          if (here.signal.aborted) return;
          if (isHeard) asker.state();
          setHeard(false);
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
        }
      }
    };
    const follow = (): void => {
      if (document.visibilityState === 'hidden') ended?.abort();
      else if (ended === null || ended.signal.aborted) start();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      ended?.abort();
      asker.stop();
      setHeard(false);
    };
  }, [project, client, key]);
}

/** What each kind of event makes old: first parts of the keys of queries. */
const MADE_OLD: Readonly<Record<string, readonly string[]>> = {
  traces: ['status', 'sources', 'queues'],
  analysis: ['latest', 'decisions', 'sessions', 'status'],
  job: ['latest', 'jobs'],
  session: ['sessions'],
  narrative: ['narratives'],
};

/** What a change makes old beside what is called like it. */
const CHANGED: Readonly<Record<string, readonly string[]>> = {
  decisions: ['activity', 'queues'],
  causes: ['suites', 'decisions', 'activity'],
  runs: ['suites'],
  activity: ['decisions', 'queues', 'taxonomy', 'agreement', 'proposals'],
  proposals: ['decisions', 'activity', 'sessions'],
  items: ['queues', 'agreement', 'activity'],
  queues: ['agreement'],
  labels: ['queues', 'taxonomy', 'agreement', 'activity'],
  taxonomy: ['queues', 'agreement', 'activity'],
  traces: ['status'],
  invitations: ['people'],
  keys: ['people'],
  project: ['projects'],
};

const CHANGING: ReadonlySet<string> = new Set([
  ...Object.values(MADE_OLD).flat(),
  ...Object.entries(CHANGED).flatMap(([of, heads]) => [of, ...heads]),
]);

interface AskingAnew {
  readonly about: (kind: string, data: unknown) => void;
  readonly everything: () => void;
  /** Whether the server is there. */
  readonly state: () => void;
  readonly stop: () => void;
}

/** Refetches what is shown and has changed: at once, then at most every few seconds. */
function askingAnew(client: QueryClient, project: string): AskingAnew {
  const resting = new Map<string, { again: boolean; readonly timer: number }>();
  const ask = (head: string): void => {
    const rest = resting.get(head);
    if (rest !== undefined) {
      rest.again = true;
      return;
    }
    void client.invalidateQueries({ queryKey: [head, project] });
    const timer = window.setTimeout(() => {
      const again = resting.get(head)?.again === true;
      resting.delete(head);
      if (again) ask(head);
    }, REST);
    resting.set(head, { again: false, timer });
  };
  return {
    about(kind, data) {
      if (kind === 'arriving') {
        const { openTraces } = data as Pick<Status, 'openTraces'>;
        client.setQueryData<Status>(['status', project], (now) => now && { ...now, openTraces });
      }
      const of = kind === 'change' ? (data as { readonly of: string }).of : null;
      for (const head of of === null ? (MADE_OLD[kind] ?? []) : [of, ...(CHANGED[of] ?? [])])
        ask(head);
    },
    everything: () =>
      void client.invalidateQueries({
        predicate: ({ queryKey: [head, of], state }) =>
          of === project && CHANGING.has(String(head)) && state.data !== undefined,
      }),
    state: () => ask('status'),
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer);
    },
  };
}
