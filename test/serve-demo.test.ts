import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isEngineInstalled } from '../src/store/telemetry/engine-process.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-demo-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the demo ends by naming the server of its traces', async () => {
  // As `npm start` runs it.
  const { stdout } = await runCulprit(['demo', '--no-out', '--top', '1'], {
    cwd: folder,
    env: { npm_package_name: 'culprit' },
  });
  expect(stdout.match(/^(?:next|try) .*$/gm)).toEqual([
    expect.stringMatching(/^try npx culprit demo /),
    expect.stringMatching(/^try npx culprit demo /),
    expect.stringMatching(/^next npx culprit serve --demo {2}#/),
  ]);
  const json = await runCulprit(['demo', '--json'], { cwd: folder });
  expect(() => JSON.parse(json.stdout)).not.toThrow();
});

test('--data has no effect with --demo', async () => {
  const { status, stderr } = await runCulprit(['serve', '--demo', '--data', 'x'], { cwd: folder });
  expect([status, stderr.trim()]).toEqual([1, 'error --data has no effect with --demo']);
});

test.skipIf(!isEngineInstalled())(
  'serves the demo with its causes at first view, and leaves nothing behind',
  async () => {
    const main = resolve(import.meta.dirname, '../src/cli/main.ts');
    const server = spawn(
      process.execPath,
      [main, 'serve', '--demo', '--port', '0', '--otlp-port', '0', '--grpc-port', '0'],
      { env: { ...process.env, TMPDIR: folder, DATABASE_URL: 'postgres://127.0.0.1:9/none' } },
    );
    let printed = '';
    let complained = '';
    server.stderr.on('data', (piece) => {
      complained += piece;
    });
    for await (const piece of server.stdout) {
      printed += piece;
      if (printed.includes('Data: ')) break;
    }
    const [, url] = /^Culprit serves (\S+)/.exec(printed) ?? [];
    const { causes, analysis } = await (await fetch(`${url}/api/v1/causes`)).json();
    expect(analysis).toMatchObject({ traces: 2600, failed: 517 });
    expect(causes.length).toBeGreaterThan(5);
    const { funnel } = await (await fetch(`${url}/api/v1/status`)).json();
    expect(funnel).toMatchObject({ stored: 2600 });
    expect(causes[0].title).toContain('refund_order');
    const page = await fetch(`${url}/`);
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<title>Culprit'),
    ]);
    const [, data = ''] = /^Data: (.+)$/m.exec(printed) ?? [];
    expect(existsSync(data)).toBe(true);
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    expect([code, complained]).toEqual([0, expect.stringMatching(/^loading .+\nstopping: .+\n$/)]);
    expect(readdirSync(folder).filter((name) => name.startsWith('culprit-demo-'))).toEqual([]);
  },
  300_000,
);
