import { spawnSync } from 'node:child_process';

/**
 * The words after `culprit` in a line, as a shell makes them of it: quotes, comments, file patterns and redirections
 * are its work, and culprit itself is not started. Throws for a line that the shell cannot run.
 */
export function shellWords(line: string, cwd: string): string[] {
  const { status, output } = spawnSync(
    'bash',
    ['-c', `culprit() { printf '%s\\0' "$@" >&3; }\n${line}`],
    { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  if (status !== 0) throw new Error(`${line}: ${output[2]}`);
  return (output[3] ?? '').split('\0').slice(0, -1);
}
