import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SendAlert } from './channel.ts';

const TIMEOUT = 60_000;
/** Characters of what it wrote that are shown. */
const SHOWN = 500;

/** Runs a program of the operator with the path of a file that holds the alert as JSON. Nothing of the alert is in its arguments or environment. */
export const runCommand =
  ([program, ...given]: readonly string[], timeout = TIMEOUT): SendAlert =>
  async (alert) => {
    const folder = await mkdtemp(join(tmpdir(), 'culprit-alert-'));
    try {
      const file = join(folder, 'alert.json');
      await writeFile(file, `${JSON.stringify(alert, null, 2)}\n`, { mode: 0o600 });
      await ended(program ?? '', [...given, file], timeout);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

const ended = (program: string, parts: readonly string[], timeout: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parts, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (part: string) => {
      said = (said + part).slice(0, SHOWN);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else if (signal !== null)
        reject(new Error(`${program} did not end within ${timeout / 1000} s`));
      else reject(new Error(`${program} ended with ${code}: ${said.trim()}`));
    });
  });
