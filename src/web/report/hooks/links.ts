import { createContext, useContext } from 'react';
import type { Granularity } from '../../../contract/grouping.ts';
import { type Address, addressHash, type Route } from '../model/route.ts';
import { EVERYTHING } from '../model/scope.ts';

/** The address of the page, so that links keep its level and its scope. */
export const CurrentAddress: React.Context<Address> = createContext<Address>({
  route: { kind: 'home' },
  granularity: null,
  scope: EVERYTHING,
});

export type Link = (route: Route, granularity?: Granularity | null) => string;

/** Makes links to other views of the same scope, at the same level unless another is given. */
export function useLink(): Link {
  const address = useContext(CurrentAddress);
  return (route, granularity = address.granularity) =>
    addressHash({ route, granularity, scope: address.scope });
}
