import { createContext, useContext } from 'react';
import type { Asking } from './request.ts';

/** For which project, and with which key, this page asks. */
export const CurrentAsking: React.Context<Asking> = createContext<Asking>({
  project: 'default',
  key: null,
});

export const useAsking = (): Asking => useContext(CurrentAsking);

const KEY = 'culprit-key';

/** The key that was entered, kept until the tab closes. */
export const keptKey = (): string | null => sessionStorage.getItem(KEY);
export const keepKey = (key: string): void => sessionStorage.setItem(KEY, key);
