import { createContext, useContext } from 'react';
import { ApiError, type CulpritClient, culpritClient } from '../../../client/client.ts';

/** Asks the server that this page came from, for one project. */
export interface Asking {
  readonly project: string;
  readonly client: CulpritClient;
}

/** @param key where the server wants one; null for none */
export function askingFor(project: string, key: string | null): Asking {
  const person = keptPerson();
  const who = { ...(key !== null && { key }), ...(person !== '' && { person }) };
  return { project, client: culpritClient({ project, ...who }) };
}

const PERSON = 'culprit-person';

/** The name that somebody gave on a server without accounts; '' for none. */
export function keptPerson(): string {
  return localStorage.getItem(PERSON) ?? '';
}

export const keepPerson = (name: string): void => localStorage.setItem(PERSON, name);

export const CurrentAsking: React.Context<Asking> = createContext(askingFor('default', null));

export const useAsking = (): Asking => useContext(CurrentAsking);

/** Whether a retry may help: the server or a store is away or busy. */
export const isAway = (error: unknown): boolean =>
  error instanceof ApiError ? error.retryAfter !== null : error instanceof TypeError;

/** What went wrong, as a sentence without its period. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message.replace(/\.$/, '');
  return error instanceof TypeError ? 'The server does not answer' : String(error);
}

const KEY = 'culprit-key';

/** The key that was entered, kept until the tab closes. */
export const keptKey = (): string | null => sessionStorage.getItem(KEY);
export const keepKey = (key: string): void => sessionStorage.setItem(KEY, key);
