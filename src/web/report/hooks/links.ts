import { createContext, useContext } from 'react';
import type { Granularity } from '../../../contract/grouping.ts';
import { goTo } from '../../hooks/use-hash.ts';
import { type Address, addressHash, type Route } from '../model/route.ts';
import { EVERYTHING } from '../model/scope.ts';

/** Goes to an address of the page; `replace` adds no history entry. */
export type Go = (href: string, how?: 'push' | 'replace') => void;

/** Where the page is, and how its addresses are written: hashes in a report, paths in the workspace. */
export interface Navigation {
  readonly address: Address;
  readonly href: (address: Address) => string;
  readonly go: Go;
}

export const HASHES: Pick<Navigation, 'href' | 'go'> = { href: addressHash, go: goTo };

export const CurrentNavigation: React.Context<Navigation> = createContext<Navigation>({
  ...HASHES,
  address: { route: { kind: 'home' }, granularity: null, scope: EVERYTHING },
});

export type Link = (route: Route, granularity?: Granularity | null) => string;

/** Makes links to other views of the same scope, at the same level unless another is given. */
export function useLink(): Link {
  const { address, href } = useContext(CurrentNavigation);
  return (route, granularity = address.granularity) =>
    href({ route, granularity, scope: address.scope });
}

export const useNavigation = (): Navigation => useContext(CurrentNavigation);

export const useGo = (): Go => useContext(CurrentNavigation).go;
