import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'culprit-launcher-'));
const launcher = join(folder, 'main.js');
const source = readFileSync(join(import.meta.dirname, 'main.ts'), 'utf8');
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(launcher, stripTypeScriptTypes(source).replace('./start.ts', './start.js'));
writeFileSync(join(folder, 'start.js'), "console.log('started');");

/** Runs the launcher as if Node had another version. */
const launch = (version: string) => {
  const preload = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, launcher],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
};

test.each(['12.22.0', '20.20.2', '22.17.1'])('Node %s gets a clear message', (version) => {
  expect(launch(version)).toEqual({
    status: 1,
    stdout: '',
    stderr: `error culprit needs Node.js 22.18 or newer; this is ${version}. Install a newer one from https://nodejs.org\n`,
  });
});

test.each(['22.18.0', '24.1.0', '100.0.0'])('Node %s runs the program', (version) => {
  expect(launch(version)).toEqual({ status: 0, stdout: 'started\n', stderr: '' });
});

test('the launcher has no static import and no syntax that old Node cannot parse', () => {
  expect(source).not.toMatch(/^(?:import|export) |\?\?|\?\.|^await /m);
});
