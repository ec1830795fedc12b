import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';
import { nameIn } from './name-in.ts';
import { PEOPLE } from './use-sign-in.ts';

/** The name of a person or key by its id; also of those who have left. */
export type Names = (id: string) => string;

/** Milliseconds between two looks at who is there. */
const HOLDS = 30_000;

type NameList = Answer<'GET /names'>['items'];

const NOBODY: NameList = [];

/** Everybody who takes part in the project or did something there, people and keys. */
export function useNameList(): NameList {
  const { project, client } = useAsking();
  const { data } = useQuery({
    queryKey: [PEOPLE, project, 'names'],
    queryFn: () => client('GET /names'),
    staleTime: HOLDS,
    refetchInterval: HOLDS,
  });
  return data?.items ?? NOBODY;
}

export function useNames(): Names {
  const list = useNameList();
  const names = useMemo(() => new Map(list.map(({ id, name }) => [id, name])), [list]);
  return useCallback((id) => nameIn(names, id), [names]);
}
