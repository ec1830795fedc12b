import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Prints the URL of every module that is loaded, to standard error. */
const listing = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;

const culprit = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(listing)}`,
      join(root, 'src/cli/main.ts'),
      ...args,
    ],
    { encoding: 'utf8' },
  );
  const loaded = stderr
    .split('\n')
    .filter((url) => url.startsWith(pathToFileURL(join(root, 'src')).href))
    .map((url) => url.slice(url.lastIndexOf('/src/') + 5));
  return { status, stdout, loaded };
};

test.each([
  { args: ['--help'], shows: 'Rank the root causes of the failures in trace files.' },
  { args: ['help'], shows: 'analyze' },
  { args: ['analyze', '--help'], shows: '--min-cluster-size <n>' },
  { args: ['help', 'demo'], shows: '--granularity <level>' },
])('culprit $args shows help without loading a step of the method', ({ args, shows }) => {
  const { status, stdout, loaded } = culprit(...args);
  expect(status).toBe(0);
  expect(stdout).toContain(shows);
  expect(loaded).toContain('cli/program.ts');
  expect(
    loaded.filter((path) => !/^(?:cli|contract|platform|text)\/|node_modules/.test(path)),
  ).toEqual([]);
});

test('every flag has a help text in whole sentences, with its default', () => {
  const { stdout } = culprit('analyze', '--help');
  const text = stdout.replaceAll(/\s+/g, ' ');
  expect(text).toContain('--seed <n> Seed the sampling and clustering');
  expect(text).toContain('(default: 42)');
  expect(text).toContain('--no-out Write no report.');
  expect(text).toContain('(hdbscan, kmeans, linkage; default: hdbscan)');
});
