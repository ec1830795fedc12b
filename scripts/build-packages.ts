import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const SOURCE = resolve(import.meta.dirname, '../src');

/** Files that import what only `culprit serve` and `culprit mcp` need, without `.ts`. */
const FILES = [
  'mcp/packages',
  'server/packages',
  'store/workspace/packages',
  'store/workspace/accounts/packages',
  'store/workspace/embedded/worker',
];

/** Installed with culprit, or by those who want them. */
const INSTALLED = ['zod', '@electric-sql/pglite', 'pg-native'];

/**
 * Replaces these files in `folder` by bundles of the packages that they import, so that nobody has to install the
 * packages of the server: over 30 MB become 0.3 MB. Their licenses are collected beside them.
 */
export async function buildPackages(folder: string): Promise<void> {
  const homes = new Set<string>();
  for (const file of FILES) {
    const out = await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, external: INSTALLED },
      build: {
        write: false,
        ssr: join(SOURCE, `${file}.ts`),
        target: 'node22',
        minify: true,
        rolldownOptions: { output: { codeSplitting: false } },
      },
    });
    const chunks = 'output' in out ? out.output : [];
    const [bundle] = chunks;
    if (bundle?.type !== 'chunk' || chunks.length !== 1)
      throw new Error(`${file} was expected to be one file, not ${chunks.length}`);
    await writeFile(join(folder, `${file}.js`), bundle.code);
    for (const id of bundle.moduleIds) {
      const [home] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [];
      if (home !== undefined) homes.add(home.replace(/^\0/, ''));
    }
  }
  await writeFile(join(folder, 'server/LICENSES.txt'), [...homes].sort().map(licenseOf).join('\n'));
}

/** What a package asks to be passed on with it. */
function licenseOf(home: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(home, 'package.json'), 'utf8'),
  ) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const file = existsSync(home)
    ? readdirSync(home).find((each) => /^licen[cs]e/i.test(each))
    : undefined;
  const text = file === undefined ? '' : readFileSync(join(home, file), 'utf8');
  return `${name} ${version} (${license ?? 'see below'})\n\n${text.trim()}\n\n${'-'.repeat(80)}\n`;
}
