import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `culprit serve` in a process of its own, watched from outside. */
export interface ServerProcess {
  readonly url: string;
  /** CPU in microseconds so far: of the main thread, of each other thread by name, and of the engine. */
  cpu(): Readonly<Record<string, number>>;
  /** Bytes: of main with its threads, and of the engine. */
  memory(): { readonly main: number; readonly engine: number };
  /** Values of `/metrics` without labels, by name without `culprit_`. */
  metrics(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** Clock ticks of /proc a second. */
const TICKS = 100;

export async function serverProcess(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
  main = MAIN,
): Promise<ServerProcess> {
  const args = [
    main,
    'serve',
    '--data',
    folder,
    '--port',
    '0',
    '--otlp-port',
    '0',
    '--grpc-port',
    '0',
  ];
  const child: ChildProcess = spawn(process.execPath, [...flags, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const url = await printedUrl(child);
  const pid = child.pid as number;
  const engine = engineOf(pid);
  return {
    url,
    cpu() {
      const used: Record<string, number> = { engine: cpuOf(`/proc/${engine}`) };
      for (const id of readdirSync(`/proc/${pid}/task`)) {
        const at = `/proc/${pid}/task/${id}`;
        const name = Number(id) === pid ? 'main' : readFileSync(`${at}/comm`, 'utf8').trim();
        used[name] = (used[name] ?? 0) + cpuOf(at);
      }
      return used;
    },
    memory: () => ({ main: residentOf(pid), engine: residentOf(engine) }),
    async metrics() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Object.fromEntries(
        [...text.matchAll(/^culprit_(\w+) (\S+)$/gm)].map(([, name, value]) => [
          name,
          Number(value),
        ]),
      );
    },
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

async function printedUrl(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const piece of child.stdout ?? []) {
    printed += piece;
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${printed}`);
}

/** The process below main that runs the engine. */
function engineOf(pid: number): number {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(statOf(`/proc/${id}`)[1]);
      if (parent === pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('engine/main'))
        return Number(id);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error('the engine is not there');
}

/** Fields of `stat` behind the name. */
function statOf(at: string): readonly string[] {
  const stat = readFileSync(`${at}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function cpuOf(at: string): number {
  const fields = statOf(at);
  return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1e6;
}

const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
