import { useCallback } from 'react';
import { notify } from '../../hooks/notice.ts';
import type { KeyMap } from '../../hooks/use-keys.ts';
import { type GuardedRoute, refusalOf } from './refusal.ts';
import { useSignIn } from './use-sign-in.ts';

/** Asks why the person may not ask a route; null where they may. */
export function useRefusal(): (route: GuardedRoute) => string | null {
  const { data } = useSignIn();
  return useCallback((route) => refusalOf(data, route), [data]);
}

/** The same keys; where there is a refusal, they say it and do nothing. */
export function guardedKeys(refusal: string | null, keys: KeyMap): KeyMap {
  if (refusal === null) return keys;
  return Object.fromEntries(Object.keys(keys).map((key) => [key, () => notify(`${refusal}.`)]));
}
