import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');

const NOBODY = 65_534;

/** Who a folder of this user can be closed to: nobody where this is root, whom nothing is closed to; null where nobody cannot read the sources. */
export function plainUser(): number | null {
  const own = process.getuid?.() ?? 0;
  if (own !== 0) return own;
  const { status } = spawnSync(process.execPath, [MAIN, '--version'], { uid: NOBODY, cwd: '/' });
  if (status !== 0) console.warn('skipped: a closed folder: nobody but root can read the sources');
  return status === 0 ? NOBODY : null;
}

/** `culprit serve` as a process of its own. */
export interface ServeProcess {
  readonly process: ChildProcess;
  readonly url: string;
  /** Numbers of its child processes: the engine of the trace store. */
  readonly children: () => readonly number[];
  /** What it wrote to standard error so far. */
  readonly errors: () => string;
  /** Sends a signal and waits for the end; the exit code, null after a kill. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export interface ServeProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Number of the user that it runs as. Default: the present one. */
  readonly uid?: number;
}

/** Starts it on free ports and resolves when it serves. Rejects with what it says when it ends before. */
export async function serveProcess(
  folder: string,
  { env = {}, args = [], uid }: ServeProcessOptions = {},
): Promise<ServeProcess> {
  const given = [
    'serve',
    '--data',
    folder,
    '--port',
    '0',
    '--otlp-port',
    '0',
    '--grpc-port',
    '0',
    ...args,
  ];
  const child = spawn(process.execPath, [MAIN, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
    env: { ...process.env, CLICKHOUSE_URL: '', DATABASE_URL: '', ...env },
  });
  const exited = once(child, 'close');
  let printed = '';
  let errors = '';
  child.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString();
  });
  const url = await new Promise<string>((ready, reject) => {
    child.stdout.on('data', (piece: Buffer) => {
      printed += piece.toString();
      const found = /Culprit serves (\S+)[\s\S]*Data: /.exec(printed);
      if (found !== null) ready(found[1]!);
    });
    void exited.then(([code]) => reject(new Error(`exit code ${code}: ${errors}`)));
  });
  return {
    process: child,
    url,
    errors: () => errors,
    children: () =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
        .trim()
        .split(' ')
        .filter(Boolean)
        .map(Number),
    async end(signal) {
      child.kill(signal);
      const [code] = await exited;
      return code as number | null;
    },
  };
}
