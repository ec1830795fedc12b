import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of its own for tests. */
export interface TestPostgres {
  /** A connection string. */
  readonly url: string;
  /** Ends the server for a while; the data stays. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): void;
}

const HOMES = '/usr/lib/postgresql';

/** Folder of the newest PostgreSQL that Debian installed; null for none. */
export function postgresHome(): string | null {
  if (!existsSync(HOMES)) return null;
  const versions = readdirSync(HOMES).filter((name) => existsSync(join(HOMES, name, 'bin/initdb')));
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
  return newest === undefined ? null : join(HOMES, newest, 'bin');
}

/** Starts a server on a Unix socket in a folder of its own. It refuses to run as root, so root starts it as `postgres`. */
export async function startPostgres(home: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, ...userIds());
  chmodSync(folder, 0o700);
  const as = (command: string, args: string[]): [string, string[]] =>
    isRoot ? ['setpriv', [...IDENTITY(), command, ...args]] : [command, args];
  const data = join(folder, 'data');
  const [init, initArgs] = as(join(home, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '--no-sync',
  ]);
  execFileSync(init, initArgs, { cwd: folder, stdio: 'pipe' });
  const [run, runArgs] = as(join(home, 'postgres'), [
    '-D',
    data,
    '-k',
    folder,
    '-c',
    'listen_addresses=',
    '-F',
  ]);
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(run, runArgs, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      server.stderr.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (said.includes('ready to accept connections')) resolve();
      });
      server.on('exit', () => reject(new Error(`postgres ended: ${said.slice(-1000)}`)));
    });
    return server;
  };
  let server = await start();
  return {
    url: `postgresql:///postgres?host=${encodeURIComponent(folder)}&user=postgres`,
    async halt() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
    },
    async resume() {
      server = await start();
    },
    stop() {
      server.kill('SIGINT');
      server.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    },
  };
}

const idOf = (flag: string): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
const userIds = (): [number, number] => [idOf('-u'), idOf('-g')];
const IDENTITY = (): string[] => {
  const [user, group] = userIds();
  return [`--reuid=${user}`, `--regid=${group}`, '--clear-groups'];
};
