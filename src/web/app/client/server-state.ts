import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError } from '../../../client/client.ts';
import { notify } from '../../hooks/notice.ts';
import { isAway, reasonOf } from './asking.ts';

/** Whether the server answers; `key` where it wants a sign-in or a key. */
export interface ServerState {
  readonly kind: 'ready' | 'away' | 'key';
  /** Why it is away. */
  readonly reason: string;
}

const READY: ServerState = { kind: 'ready', reason: '' };

let state = READY;
const listeners = new Set<() => void>();

function set(next: ServerState): void {
  if (next.kind === state.kind && next.reason === state.reason) return;
  state = next;
  for (const changed of listeners) changed();
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

export const useServerState = (): ServerState => useSyncExternalStore(subscribe, () => state);

/** The project may be seen after all: somebody has signed in, or gave a key. */
export const seeAgain = (): void => set(READY);

const MOST_TRIES = 2;

/** Questions to the server, whose answers also tell whether it is there. */
export function newQueryClient(): QueryClient {
  const failed = (error: unknown): void => {
    if (isAway(error)) set({ kind: 'away', reason: reasonOf(error) });
    else if (error instanceof ApiError && (error.status === 401 || error.code === 'no_member'))
      set({ kind: 'key', reason: error.message });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: failed,
      onSuccess() {
        const before = state.kind;
        // What anybody may ask does not say that the project can be seen.
        if (before === 'key') return;
        set(READY);
        if (before !== 'away') return;
        notify('The server is back');
        void client.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
      },
    }),
    mutationCache: new MutationCache({ onError: failed }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: true,
        // Queries with an interval need no retries in between.
        retry: (tries, error) => isAway(error) && tries < MOST_TRIES,
        retryDelay: (tries) => 1000 * (tries + 1),
      },
    },
  });
  return client;
}
