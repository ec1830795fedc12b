import { homedir } from 'node:os';
import { join } from 'node:path';

/** A variable of the environment; empty counts as not set. */
export function environment(name: string): string | null {
  // biome-ignore lint/style/noProcessEnv: cli is where the environment is read
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
}

/** A file in the user's cache folder. */
export const cacheFile = (name: string): string =>
  join(environment('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'culprit', name);

/** A folder for what has to outlive a cache. */
export const stateFolder = (name: string): string =>
  join(environment('XDG_STATE_HOME') ?? join(homedir(), '.local/state'), 'culprit', name);

/** Values of variables that are named like keys, which nothing that is printed or recorded may hold. */
export const environmentSecrets = (): readonly string[] =>
  // biome-ignore lint/style/noProcessEnv: cli is where the environment is read
  Object.entries(process.env).flatMap(([name, value]) =>
    /KEY|TOKEN|SECRET|PASSWORD/i.test(name) && value !== undefined ? [value.trim()] : [],
  );
