import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { CulpritError } from '../contract/culprit-error.ts';

/** Larger answers come from no command of this program. */
const MOST_BYTES = 1 << 29;

export interface OwnEnd {
  readonly code: number;
  readonly stdout: string;
}

/**
 * Runs a command of this program in a process of its own, without a shell: what it loads and prints stays there.
 * @param ended exit codes that come with a result.
 * @throws CulpritError `invalid_input` with the message of a command that failed, `aborted`.
 */
export const ownCommand = (
  args: readonly string[],
  { ended = [0], signal }: { readonly ended?: readonly number[]; readonly signal?: AbortSignal },
): Promise<OwnEnd> =>
  new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { maxBuffer: MOST_BYTES, ...(signal !== undefined && { signal }) },
      (error, stdout, stderr) => {
        if (signal?.aborted === true)
          return reject(new CulpritError('aborted', `culprit ${args[0]} was stopped`));
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number' && ended.includes(code)) return resolve({ code, stdout });
        const said = stripVTControlCharacters(stderr).trim();
        reject(
          new CulpritError(
            'invalid_input',
            said === '' ? `culprit ${args[0]} ended with ${String(code)}` : messageIn(said),
            { cause: error },
          ),
        );
      },
    );
  });

/** The line that names the error, without its first word. */
const messageIn = (said: string): string => {
  const lines = said.split('\n');
  return (lines.find((line) => line.startsWith('error ')) ?? lines.at(-1)!).replace(/^error /, '');
};

/** By its place in the package, as a bundle is one folder deeper than what it starts. */
const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../cli/main.ts' : '../cli/main.js', import.meta.url),
);
