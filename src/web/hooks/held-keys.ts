import { useSyncExternalStore } from 'react';

const groups = new Set<readonly string[]>();
const listeners = new Set<() => void>();
let held: ReadonlySet<string> = new Set();

function changed(): void {
  held = new Set([...groups].flat());
  for (const tell of listeners) tell();
}

/** Says that these keys do something now, until the returned function is called. */
export function holdKeys(keys: readonly string[]): () => void {
  groups.add(keys);
  changed();
  return () => {
    groups.delete(keys);
    changed();
  };
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** The keys that do something on the page now, as in KeyboardEvent.key. */
export const useHeldKeys = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => held);
