import { useSyncExternalStore } from 'react';
import { parseRoute, type Route } from '../model/route.ts';

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** The route in the address bar. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(listen, () => location.hash));
}

/** Goes to a hash; `replace` keeps the history as it is, for steps from one cluster to the next. */
export function goTo(hash: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = hash;
  else location.replace(hash);
}
