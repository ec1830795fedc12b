import { type ChildProcess, spawn } from 'node:child_process';

export interface CommandRun {
  /** As a shell takes it. */
  readonly command: string;
  readonly stdin: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** The process and what it started are killed after so many milliseconds. */
  readonly timeoutMs: number;
  /** Most bytes of its output that are read; then it is killed. */
  readonly maxBytes: number;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

export type CommandEnd =
  | {
      readonly kind: 'ended';
      /** Null when a signal ended it. */
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly stdout: Uint8Array;
      /** The last part of standard error. */
      readonly stderr: string;
    }
  | { readonly kind: 'timeout'; readonly stderr: string }
  | { readonly kind: 'flood'; readonly stderr: string }
  | { readonly kind: 'not_started'; readonly message: string };

/** Characters of standard error that are kept. */
const STDERR = 2_000;

/** Runs a command to its end, with time and output bounded. Only an abort of `signal` throws. */
export async function runCommand(run: CommandRun): Promise<CommandEnd> {
  run.signal.throwIfAborted();
  const child = spawn(run.command, {
    ...{ shell: true, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
    // biome-ignore lint/style/noProcessEnv: a command runs in the environment of its user
    env: { ...process.env, ...run.env },
  });
  const ended = Promise.withResolvers<CommandEnd>();
  const over = new AbortController();
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  const stop = (kind: 'timeout' | 'flood'): void => {
    killGroup(child);
    ended.resolve({ kind, stderr });
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > run.maxBytes) stop('flood');
    else chunks.push(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-STDERR);
  });
  child.on('error', ({ message }) => ended.resolve({ kind: 'not_started', message }));
  child.on('close', (code, signal) =>
    ended.resolve({ kind: 'ended', code, signal, stdout: Buffer.concat(chunks), stderr }),
  );
  // A command may end without reading what it was given.
  child.stdin?.on('error', () => {});
  child.stdin?.end(run.stdin);
  const onAbort = (): void => {
    killGroup(child);
    ended.reject(run.signal.reason);
  };
  run.signal.addEventListener('abort', onAbort);
  run.pause(run.timeoutMs, over.signal).then(
    () => stop('timeout'),
    () => {},
  );
  try {
    return await ended.promise;
  } finally {
    over.abort();
    run.signal.removeEventListener('abort', onAbort);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** The shell and everything that it started. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
