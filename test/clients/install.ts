import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { APPLICATIONS, CLIENTS, isInstalled, pythonOf } from './python-client.ts';

/**
 * Installs the Python clients into `$CULPRIT_CLIENTS`, or a folder for temporary files: `node test/clients/install.ts`
 * for all, or with names for some. Needs python3 with venv; 400 MB.
 */
const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
};

const names = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(APPLICATIONS);
const missing = names.filter((name) => !isInstalled(name));
// pip takes minutes to choose versions where uv takes seconds.
const uv = join(CLIENTS, '.uv/bin/uv');
if (missing.length > 0) {
  mkdirSync(CLIENTS, { recursive: true });
  run('python3', '-m', 'venv', join(CLIENTS, '.uv'));
  run(join(CLIENTS, '.uv/bin/pip'), 'install', '--quiet', 'uv');
}
for (const name of missing) {
  process.stdout.write(`installing ${name}\n`);
  const requirements = join(APPLICATIONS, name, 'requirements.txt');
  try {
    run('python3', '-m', 'venv', join(CLIENTS, name));
    run(uv, 'pip', 'install', '--native-tls', '-q', '--python', pythonOf(name), '-r', requirements);
  } catch (error) {
    rmSync(join(CLIENTS, name), { recursive: true, force: true });
    throw error;
  }
}
