import { useSyncExternalStore } from 'react';

/** A decision that could not be saved. */
export interface Failed {
  readonly text: string;
  readonly reason: string;
  readonly again: () => void;
}

let all: readonly Failed[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Failed[]): void {
  all = next;
  for (const changed of listeners) changed();
}

export const addFailed = (failed: Failed): void => set([...all, failed]);
export const removeFailed = (failed: Failed): void => set(all.filter((each) => each !== failed));

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/** Decisions that could not be saved, until they are tried again or dropped. */
export const useFailed = (): readonly Failed[] => useSyncExternalStore(subscribe, () => all);
