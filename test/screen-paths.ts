import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const APP = resolve(import.meta.dirname, '../src/web/app');

/** The path of every page of a project below `/p/<project>`, as their files have it: they need a browser to be imported. */
const PATHS = globSync('*/*-screen.tsx', { cwd: APP })
  .map((name) => readFileSync(join(APP, name), 'utf8'))
  .flatMap((text) => [...text.matchAll(/(?:path: |\bscreen\()'(\/[^']*)'/g)])
  .map(([, path = '']) => path);

if (PATHS.length < 20) throw new Error(`only ${PATHS.length} pages were found in ${APP}`);

/** Every page with its address, where `params` has what varies. */
export const screensWith = (
  params: Readonly<Record<string, string>>,
): readonly { readonly path: string; readonly address: string }[] =>
  PATHS.map((path) => ({
    path,
    address:
      path === '/' ? '' : path.replaceAll(/\$(\w+)/g, (_, name: string) => params[name] ?? 'none'),
  }));
