import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { AttemptRecord } from '../src/contract/eval-run.ts';
import { nextFloat, seedRandom } from '../src/numeric/random/random.ts';
import { attemptKey } from '../src/verify/run/plan-attempts.ts';
import { parseRunLog } from '../src/verify/run/run-log.ts';

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');
/** Of one answer. */
const LATENCY_MS = 15;

export interface Killed {
  readonly attempts: readonly AttemptRecord[];
  /** What the last process printed, and its exit code. */
  readonly stdout: string;
  readonly status: number | null;
  /** By key, how often the endpoint was asked. */
  readonly asked: ReadonlyMap<string, number>;
  /** At each kill: attempts that were recorded, and that were in flight. */
  readonly kills: readonly { readonly recorded: number; readonly inFlight: number }[];
  /** Keys that were asked again although they were recorded. */
  readonly paidTwice: readonly string[];
  /** By key, at how many kills it was in flight. */
  readonly inFlight: ReadonlyMap<string, number>;
}

/**
 * Runs the suites of a folder with `kill -9` at random moments, each resumed, then to the end. A moment is a number of
 * requests that the endpoint has got since the last one, and up to 30 ms more, so that it hits every stage of an attempt.
 */
export async function killAndResume(
  folder: string,
  {
    planned,
    kills,
    seed,
  }: { readonly planned: number; readonly kills: number; readonly seed: number },
): Promise<Killed> {
  const state = seedRandom(seed);
  const random = (): number => nextFloat(state);
  const asked = new Map<string, number>();
  const recorded = new Set<string>();
  const inFlight = new Map<string, number>();
  const paidTwice: string[] = [];
  const seen: { readonly recorded: number; readonly inFlight: number }[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    const { cause, case: id, repeat } = (await json(request)) as AttemptRecord;
    const key = attemptKey({ arm: 'candidate', cause, case: id, repeat });
    requests += 1;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    if (recorded.has(key)) paidTwice.push(key);
    await pause(LATENCY_MS);
    response.end('{"output": "It is lost. A new one comes."}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const start = () => {
    const runs = join(folder, 'runs');
    const goesOn = existsSync(runs) && readdirSync(runs).length > 0;
    const args = ['eval', folder, '--target', url, '--concurrency', '4'];
    return spawn(process.execPath, [MAIN, ...args, ...(goesOn ? ['--resume'] : [])], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  };
  const log = () => {
    const [file] = readdirSync(join(folder, 'runs'));
    const path = join(folder, 'runs', file!);
    return parseRunLog(readFileSync(path, 'utf8'), path);
  };
  try {
    for (let at = 0; at < kills; at += 1) {
      const child = start();
      const ended = once(child, 'exit');
      const until = requests + 1 + Math.floor((random() * planned) / (1.5 * kills));
      while (requests < until && child.exitCode === null) await pause(1);
      await pause(30 * random());
      child.kill('SIGKILL');
      await ended;
      const { attempts, inFlight: open } = log();
      for (const each of attempts) recorded.add(attemptKey(each));
      for (const key of open) inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
      seen.push({ recorded: attempts.length, inFlight: open.size });
    }
    const child = start();
    let stdout = '';
    child.stdout.on('data', (part) => {
      stdout += String(part);
    });
    const [status] = await once(child, 'close');
    const { attempts } = log();
    return { attempts, stdout, status, asked, kills: seen, paidTwice, inFlight };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
