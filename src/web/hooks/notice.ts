import { useSyncExternalStore } from 'react';

const SHOWN_MS = 2400;

let current = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(text: string): void {
  current = text;
  for (const changed of listeners) changed();
}

/** Says in a few words what has just happened, for a moment. */
export function notify(text: string): void {
  clearTimeout(timer);
  show(text);
  timer = setTimeout(() => show(''), SHOWN_MS);
}

const subscribe = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/** What `notify` said last; empty after a moment. */
export const useNotice = (): string => useSyncExternalStore(subscribe, () => current);
