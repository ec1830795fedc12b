import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ReportArchive } from '../../../contract/report.ts';
import { unpacked } from '../../../text/packed.ts';

/** The texts that are read only on demand, unpacked once the page has been shown. */
export interface ArchiveStore {
  readonly get: () => ReportArchive | null;
  readonly subscribe: (changed: () => void) => () => void;
}

/** Unpacks when the browser is idle, so that the first screen does not wait. An archive that cannot be read counts as empty. */
export function createArchive(packed: string): ArchiveStore {
  let archive: ReportArchive | null = null;
  const listeners = new Set<() => void>();
  const unpack = (): void => {
    try {
      archive = unpacked(packed) as ReportArchive;
    } catch {
      archive = { texts: [], raw: [] };
    }
    for (const changed of listeners) changed();
  };
  if (packed !== '') setTimeout(unpack, IDLE_MS);
  return {
    get: () => archive,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

const IDLE_MS = 300;

const NONE: ArchiveStore = { get: () => null, subscribe: () => () => undefined };

export const Archive: React.Context<ArchiveStore> = createContext(NONE);

/** Null until it is unpacked. */
export function useArchive(): ReportArchive | null {
  const store = useContext(Archive);
  return useSyncExternalStore(store.subscribe, store.get);
}
