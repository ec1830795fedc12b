import { vi } from 'vitest';
import { run } from '../src/cli/program.ts';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line in this process, which saves the start of another one. `test/cli.test.ts` checks what
 * only a process of its own has: standard input, streams, exit code, end.
 */
export async function runCulprit(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ended> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) => {
    const parts: string[] = [];
    vi.spyOn(stream, 'write').mockImplementation((part) => {
      parts.push(String(part));
      return true;
    });
    return parts;
  });
  const before = { folder: process.cwd(), exitCode: process.exitCode };
  process.chdir(cwd);
  for (const [name, value] of Object.entries({ NO_COLOR: '1', ...env })) vi.stubEnv(name, value);
  try {
    await run(args);
    return {
      status: Number(process.exitCode),
      stdout: stdout?.join('') ?? '',
      stderr: stderr?.join('') ?? '',
    };
  } finally {
    vi.unstubAllEnvs();
    process.chdir(before.folder);
    process.exitCode = before.exitCode;
    vi.restoreAllMocks();
  }
}
