import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ScriptCheck } from '../verify/verify.ts';

/** Loads the modules of `script` checks; their paths are relative to the suite. Each is loaded once. */
export function scriptLoader(suite: string): (file: string) => Promise<ScriptCheck> {
  const loaded = new Map<string, Promise<ScriptCheck>>();
  return (file) => {
    const path = resolve(dirname(suite), file);
    const known = loaded.get(path) ?? load(path);
    loaded.set(path, known);
    return known;
  };
}

async function load(path: string): Promise<ScriptCheck> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href);
  const check = module['default'];
  if (typeof check !== 'function')
    throw new Error(`${path} has no default export that is a function`);
  return check as ScriptCheck;
}
