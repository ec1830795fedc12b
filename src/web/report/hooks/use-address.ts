import { useMemo, useSyncExternalStore } from 'react';
import { type Address, parseAddress } from '../model/route.ts';

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** The current address of the page. */
export function useAddress(): Address {
  const hash = useSyncExternalStore(listen, () => location.hash);
  return useMemo(() => parseAddress(hash), [hash]);
}

/** Goes to a hash; `replace` adds no history entry, for steps from one cluster or level to the next. */
export function goTo(hash: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = hash;
  else location.replace(hash);
}
