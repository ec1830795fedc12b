import { useSyncExternalStore } from 'react';

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** The hash of the page's address, which says what is shown. */
export const useHash = (): string => useSyncExternalStore(listen, () => location.hash);

/** Goes to a hash; `replace` adds no history entry, for steps from one item or level to the next. */
export function goTo(hash: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = hash;
  else location.replace(hash);
}
