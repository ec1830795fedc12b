import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from '../test/browser.ts';

/** Takes a new screenshot for the README: the Home screen of the demo's report. */
const root = resolve(import.meta.dirname, '..');
const report = join(mkdtempSync(join(tmpdir(), 'culprit-picture-')), 'report.html');
spawnSync(process.execPath, [resolve(root, 'src/cli/main.ts'), 'demo', '--out', report]);

const browser = await launch();
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
await page.goto(pathToFileURL(report).href);
await page.locator('.causes').waitFor();
await page.waitForTimeout(500);
await page.screenshot({ path: resolve(root, 'docs/images/report.png') });
await browser.close();
