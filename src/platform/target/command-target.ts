import type { AttemptRequest, Target, TargetAnswer } from '../../contract/eval-target.ts';
import type { Trace } from '../../contract/trace.ts';
import { bytes } from '../../text/format.ts';
import { type CommandEnd, type CommandRun, runCommand } from './run-command.ts';

/** Files that a target is told to use, and a hash of what is in them. */
export interface DeclaredFiles {
  /** Paths; null for one that is not declared. */
  readonly prompt: string | null;
  readonly tools: string | null;
  readonly hash: string;
}

export interface CommandTargetOptions extends Pick<CommandRun, 'timeoutMs' | 'pause'> {
  readonly command: string;
  readonly version: string | null;
  /** The prompt and the tools that the command is to use. Default: its own. */
  readonly files?: DeclaredFiles;
  /** The one trace in what a target returned. Throws where there is none, or more than one. */
  readonly read: (bytes: Uint8Array) => Promise<Trace>;
  /** Default 64 MB. */
  readonly maxBytes?: number;
}

/** Larger answers are no answers: a run of many steps has a few megabytes. */
const MAX_BYTES = 64_000_000;

/**
 * A command that reads a case as JSON from standard input and writes what `collect` reads to standard output. Exit code
 * 0 is an answer. By `sysexits.h`, 69 and 75 say that something it needs is unavailable, which is infrastructure like a
 * command that is not found, is killed or does not end.
 */
export function commandTarget({
  command,
  version,
  files,
  read,
  maxBytes = MAX_BYTES,
  ...limits
}: CommandTargetOptions): Target {
  return {
    record: { spec: `cmd:${command}`, kind: 'command', version, hash: files?.hash ?? null },
    ask: async (request, { signal, toolsUrl }) => {
      const end = await runCommand({
        ...{ ...limits, command, maxBytes, signal },
        stdin: `${JSON.stringify(request)}\n`,
        env: { ...environmentOf(request, toolsUrl), ...(files && filesIn(files)) },
      });
      return answerOf(end, read, limits.timeoutMs, maxBytes);
    },
  };
}

/** What the command finds in its environment. */
const environmentOf = (
  { cause, case: id, repeat, seed }: AttemptRequest,
  toolsUrl: string | null,
): Readonly<Record<string, string>> => ({
  CULPRIT_CAUSE: cause,
  CULPRIT_CASE: id,
  CULPRIT_REPEAT: String(repeat),
  CULPRIT_SEED: String(seed),
  ...(toolsUrl === null ? {} : { CULPRIT_TOOLS_URL: toolsUrl, CULPRIT_MCP_URL: `${toolsUrl}/mcp` }),
});

const filesIn = ({ prompt, tools }: DeclaredFiles): Readonly<Record<string, string>> => ({
  ...(prompt === null ? {} : { CULPRIT_PROMPT_FILE: prompt }),
  ...(tools === null ? {} : { CULPRIT_TOOLS_FILE: tools }),
});

async function answerOf(
  end: CommandEnd,
  read: CommandTargetOptions['read'],
  timeoutMs: number,
  maxBytes: number,
): Promise<TargetAnswer> {
  if (end.kind === 'not_started') return failure('not_started', end.message, true);
  if (end.kind === 'timeout')
    return failure('timeout', `it did not end within ${timeoutMs / 1000} s`, true, end.stderr);
  if (end.kind === 'flood')
    return failure('flood', `it wrote more than ${bytes(maxBytes)}`, false, end.stderr);
  const { code, signal, stdout, stderr } = end;
  if (code !== 0)
    return failure(
      code === null ? `killed_${signal ?? 'unknown'}` : `exit_${code}`,
      code === null ? `${signal} ended it` : `it ended with exit code ${code}${meaningOf(code)}`,
      code === null || UNREACHED.has(code),
      stderr,
    );
  try {
    const trace = await read(stdout);
    const { inputTokens, outputTokens, cost } = trace.usage;
    const tokens =
      inputTokens === null && outputTokens === null
        ? null
        : (inputTokens ?? 0) + (outputTokens ?? 0);
    return { kind: 'answered', trace, usage: { tokens, dollars: cost } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure('unreadable_output', `its output cannot be used: ${why}`, false, stderr);
  }
}

/** Exit codes of what never got to answer, by `sysexits.h` and the shell. */
const UNREACHED: ReadonlyMap<number, string> = new Map([
  [69, 'unavailable'],
  [75, 'try again'],
  [126, 'not executable'],
  [127, 'not found'],
  [137, 'killed, often for want of memory'],
  [143, 'terminated'],
]);

function meaningOf(code: number): string {
  const meaning = UNREACHED.get(code);
  return meaning === undefined ? '' : ` (${meaning})`;
}

function failure(code: string, what: string, isInfrastructure: boolean, stderr = ''): TargetAnswer {
  const said = tellingLines(stderr);
  const message = said === '' ? what : `${what}: ${said}`;
  return { kind: 'failed', code, message, isInfrastructure };
}

/**
 * The last line of standard error that names an error, as `TypeError: x is null`, with what led to it left out: a stack
 * ends with frames, braces and versions. Where none does, the last lines.
 */
function tellingLines(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const error = lines.findLast((line) => /^(?:[\w.]+: )?[\w.]*(?:Error|Exception)\b/.test(line));
  return error ?? lines.slice(-LINES).join(' / ');
}

/** Lines of standard error in a message. */
const LINES = 3;
