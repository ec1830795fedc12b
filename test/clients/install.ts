import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  CLIENTS,
  type Client,
  folderOf,
  installedOf,
  isInstalled,
  pythonOf,
  requirementsOf,
} from './client-folders.ts';

/**
 * Installs the clients into `$CULPRIT_CLIENTS`, or a folder for temporary files, and those anew whose versions have changed:
 * `node test/clients/install.ts` for all, or with names (`python/langfuse`) for some. Needs python3 with venv; 900 MB.
 */
const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
};

// pip takes minutes to choose versions where uv takes seconds.
const uv = join(CLIENTS, '.uv/bin/uv');

function installPython(client: Client): void {
  if (!existsSync(uv)) {
    run('python3', '-m', 'venv', join(CLIENTS, '.uv'));
    run(join(CLIENTS, '.uv/bin/pip'), 'install', '--quiet', 'uv');
  }
  const requirements = requirementsOf(client);
  run('python3', '-m', 'venv', folderOf(client));
  run(uv, 'pip', 'install', '--native-tls', '-q', '--python', pythonOf(client), '-r', requirements);
}

function installJavaScript(client: Client): void {
  mkdirSync(folderOf(client), { recursive: true });
  copyFileSync(requirementsOf(client), join(folderOf(client), 'package.json'));
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'];
  run('npm', 'install', '--prefix', folderOf(client), '--loglevel=error', ...options);
}

const all = (['python', 'javascript'] as const).flatMap((language) =>
  readdirSync(join(import.meta.dirname, language)).map((name): Client => ({ language, name })),
);
const wanted = process.argv.slice(2);
for (const client of all) {
  const path = `${client.language}/${client.name}`;
  if ((wanted.length > 0 && !wanted.includes(path)) || isInstalled(client)) continue;
  process.stdout.write(`installing ${path}\n`);
  rmSync(folderOf(client), { recursive: true, force: true });
  mkdirSync(CLIENTS, { recursive: true });
  if (client.language === 'python') installPython(client);
  else installJavaScript(client);
  copyFileSync(requirementsOf(client), installedOf(client));
}
