import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from '../test/browser.ts';

/** Takes new screenshots for the docs: the Home screen of the demo's report, what changed between its versions, and the verdict and a case of a run of its fix. */
const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-picture-'));
const culprit = (...args: readonly string[]): void => {
  spawnSync(process.execPath, [resolve(root, 'src/cli/main.ts'), ...args], { cwd: folder });
};

culprit('demo', '--out', 'report.html');
mkdirSync(join(folder, 'evals'));
for (const version of ['v4', 'v5'])
  writeFileSync(
    join(folder, `${version}.ts`),
    `import { answer } from '${resolve(root, 'demo/target.ts')}';\nexport default (request) => ({ ...JSON.parse(answer('${version}', request)) });\n`,
  );
culprit('promote', resolve(root, 'dist/demo/traces.otlp.jsonl.gz'), '--cause', '1');
const versions = ['--target', './v5.ts', '--as', 'v5', '--baseline', './v4.ts'];
culprit('eval', 'evals/', ...versions, '--repeat', '3', '--out', 'run.html');

const browser = await launch();
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
const picture = async (file: string, ready: string, name: string): Promise<void> => {
  await page.goto(pathToFileURL(join(folder, file)).href);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: resolve(root, `docs/images/${name}.png`) });
};
await picture('report.html', '.causes', 'report');
culprit(
  'diff',
  resolve(root, 'dist/demo/traces.otlp.jsonl.gz'),
  '--by',
  'promptVersion',
  '--out',
  'diff.html',
);
await picture('diff.html', '.changes', 'diff');
await picture('run.html', '.cause-verdicts', 'run');
await page.locator('.case-link').first().click();
await page.locator('.pair').waitFor();
await page.waitForTimeout(500);
await page.screenshot({ path: resolve(root, 'docs/images/run-case.png') });
await browser.close();
