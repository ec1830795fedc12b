import { useCallback } from 'react';
import { notify } from '../../hooks/notice.ts';
import type { KeyMap } from '../../hooks/use-keys.ts';
import { type GuardedRoute, refusalOf } from './refusal.ts';
import { useSignIn } from './use-sign-in.ts';

/** Says why the person may not use a route; null if they may. */
export function useRefusal(): (route: GuardedRoute) => string | null {
  const { data } = useSignIn();
  return useCallback((route) => refusalOf(data, route), [data]);
}

/** The same keys; after a refusal they only say why they do nothing. */
export function guardedKeys(refusal: string | null, keys: KeyMap): KeyMap {
  if (refusal === null) return keys;
  const says = (): void => notify(`${refusal}.`);
  return Object.fromEntries(Object.entries(keys).map(([key, act]) => [key, act && says]));
}
