import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A client with its applications: a folder here, and one of the same name where it is installed. */
export interface Client {
  readonly language: 'python' | 'javascript';
  readonly name: string;
}

/** Where `install.ts` puts the clients, each apart from the others. */
export const CLIENTS = process.env['CULPRIT_CLIENTS'] ?? join(tmpdir(), 'culprit-clients');

export const applicationsOf = ({ language, name }: Client): string =>
  join(import.meta.dirname, language, name);

export const folderOf = ({ language, name }: Client): string => join(CLIENTS, language, name);

/** What a client needs, by the file that lists it. */
export const requirementsOf = (client: Client): string =>
  join(
    applicationsOf(client),
    { python: 'requirements.txt', javascript: 'package.json' }[client.language],
  );

/** A copy of what was asked for, written once all of it is there. */
export const installedOf = (client: Client): string => join(folderOf(client), 'installed.txt');

export const isInstalled = (client: Client): boolean =>
  existsSync(installedOf(client)) &&
  readFileSync(installedOf(client), 'utf8') === readFileSync(requirementsOf(client), 'utf8');

export const pythonOf = (client: Client): string => join(folderOf(client), 'bin/python');
