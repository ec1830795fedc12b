import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonOf } from './asking.ts';

interface Change {
  /** Why the last change failed, as a sentence; '' where it did not. */
  readonly failed: string;
  /** Makes a change; `done` is called once it has worked. */
  readonly change: (what: () => Promise<unknown>, done?: () => void) => void;
}

/** Makes changes, and refetches the queries whose keys begin with one of `keys` after each. */
export function useChange(...keys: readonly string[]): Change {
  const queries = useQueryClient();
  const [failed, setFailed] = useState('');
  return {
    failed,
    change(what, done) {
      setFailed('');
      what()
        .then(() => done?.())
        .catch((error: unknown) => setFailed(`${reasonOf(error)}.`))
        .finally(() => {
          for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
        });
    },
  };
}
