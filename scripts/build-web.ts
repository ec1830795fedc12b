import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const SOURCE = resolve(import.meta.dirname, '../src/web');

/** What every page begins with; `%PAGE%` is its name. */
const TEMPLATE = 'page.html';

const TARGET = ['chrome123', 'edge123', 'firefox125', 'safari17.5'];

/** Pages, each named like its folder. */
const PAGES = ['report', 'eval', 'change'] as const;
type Page = (typeof PAGES)[number];

/**
 * Builds a page into `folder/<page>.html`: one file with inlined styles and script, a placeholder for the data, and a
 * policy that allows exactly this script and these styles and blocks all loading.
 */
async function buildPage(name: Page, folder: string): Promise<string> {
  const out = await build({
    root: SOURCE,
    configFile: false,
    logLevel: 'warn',
    plugins: [named(name), react(), viteSingleFile({ removeViteModuleLoader: true })],
    build: {
      write: false,
      target: TARGET,
      rolldownOptions: { input: join(SOURCE, TEMPLATE) },
    },
  });
  const page = 'output' in out ? out.output.find(({ fileName }) => fileName === TEMPLATE) : null;
  if (page?.type !== 'asset') throw new Error(`vite created no page ${name}`);
  const path = join(folder, `${name}.html`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, withPolicy(String(page.source)));
  return path;
}

/** Fills the name of the page into its template, before its script is looked for. */
const named = (page: Page): Plugin => ({
  name: 'page-name',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replaceAll('%PAGE%', page) },
});

/**
 * Builds the workspace into `folder/app/`: `app.html`, which loads its script and its styles from `/assets/`, named by a
 * hash of what they hold. The server adds the policy.
 */
export async function buildApp(folder: string): Promise<void> {
  await build({
    root: join(SOURCE, 'app'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: join(folder, 'app'),
      emptyOutDir: true,
      // Its polyfill would be an inline script; all supported browsers preload modules themselves.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      target: TARGET,
      rolldownOptions: { input: join(SOURCE, 'app/app.html') },
    },
  });
}

/** Builds pages into a folder, all unless some are named; their paths. */
export async function buildWeb(folder: string, pages: readonly Page[] = PAGES): Promise<string[]> {
  const paths: string[] = [];
  for (const page of pages) paths.push(await buildPage(page, folder));
  return paths;
}

function withPolicy(html: string): string {
  const hashes = (tag: 'script' | 'style'): string[] =>
    [...html.matchAll(new RegExp(`<${tag}([^>]*)>([^]*?)</${tag}>`, 'g'))]
      .filter(([, attributes]) => !attributes?.includes('application/json'))
      .map(
        ([, , text]) =>
          `'sha256-${createHash('sha256')
            .update(text ?? '')
            .digest('base64')}'`,
      );
  const [scripts, styles] = [hashes('script'), hashes('style')];
  if (scripts.length !== 1 || styles.length !== 1) {
    throw new Error(
      `expected one script and one style, got ${scripts.length} and ${styles.length}`,
    );
  }
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    `style-src ${styles.join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const charset = '<meta charset="utf-8" />';
  if (!html.includes(charset))
    throw new Error('the page has no charset tag to insert the policy after');
  return html.replace(
    charset,
    () => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../dist/web'));
  const named = PAGES.filter((page) => process.argv.slice(3).includes(page));
  for (const path of await buildWeb(folder, named.length > 0 ? named : PAGES)) {
    const { length } = await readFile(path);
    console.log(`${path} ${(length / 1000).toFixed(0)} kB`);
  }
  if (named.length === 0) await buildApp(folder);
}
