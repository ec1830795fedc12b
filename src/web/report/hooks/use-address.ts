import { useMemo } from 'react';
import { useHash } from '../../hooks/use-hash.ts';
import { type Address, parseAddress } from '../model/route.ts';

/** The current address of the page. */
export function useAddress(): Address {
  const hash = useHash();
  return useMemo(() => parseAddress(hash), [hash]);
}
