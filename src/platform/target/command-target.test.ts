import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { AttemptRequest, TargetAnswer } from '../../contract/eval-target.ts';
import { makeTrace } from '../../testing/trace.ts';
import { type CommandTargetOptions, commandTarget } from './command-target.ts';

const request: AttemptRequest = {
  ...{ cause: 'c-1a2b3c4d', case: 'guard-1', repeat: 2, seed: 7, input: 'My lamp broke' },
  ...{ messages: [], tools: [], documents: [] },
};

const never = (_: number, signal: AbortSignal): Promise<void> =>
  setTimeout(60_000, undefined, { signal });

const ask = (
  script: string,
  parts: Partial<CommandTargetOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<TargetAnswer> =>
  commandTarget({
    command: `${process.execPath} -e '${script}'`,
    version: null,
    timeoutMs: 5_000,
    pause: never,
    read: async (bytes) => {
      const output = new TextDecoder().decode(bytes);
      if (!output.startsWith('answer')) throw new Error(`no known format: ${output.slice(0, 20)}`);
      return makeTrace({ output });
    },
    ...parts,
  }).ask(request, {
    signal,
    toolsUrl: 'http://127.0.0.1:1/a',
    replay: null,
    takeCall: async () => true,
  });

test('it reads the case from standard input and the environment, and its output is the answer', async () => {
  const answer = await ask(
    'let t="";process.stdin.on("data",(d)=>t+=d).on("end",()=>{const c=JSON.parse(t);const e=process.env;process.stdout.write(["answer",c.input,c.case,e.CULPRIT_CASE,e.CULPRIT_SEED,e.CULPRIT_TOOLS_URL,e.CULPRIT_MCP_URL].join(" "))})',
  );
  expect(answer).toMatchObject({
    kind: 'answered',
    trace: {
      output:
        'answer My lamp broke guard-1 guard-1 7 http://127.0.0.1:1/a http://127.0.0.1:1/a/mcp',
    },
  });
});

describe('what is no answer', () => {
  test.each([
    { what: 'garbage', script: 'console.log("so so")', code: 'unreadable_output', infra: false },
    { what: 'nothing', script: '', code: 'unreadable_output', infra: false },
    { what: 'a crash', script: 'process.exit(1)', code: 'exit_1', infra: false },
    { what: 'out of memory', script: 'process.exit(137)', code: 'exit_137', infra: true },
    { what: 'unavailable', script: 'process.exit(69)', code: 'exit_69', infra: true },
    {
      what: 'a kill',
      script: 'process.kill(process.ppid,"SIGKILL")',
      code: 'killed_SIGKILL',
      infra: true,
    },
  ])('$what is $code', async ({ script, code, infra }) => {
    const isKill = code.startsWith('killed');
    const command = isKill ? 'kill -9 $$' : `${process.execPath} -e '${script}'`;
    expect(await ask(script, { command })).toMatchObject({
      kind: 'failed',
      code,
      isInfrastructure: infra,
    });
  });

  test('a command that is not there', async () => {
    expect(await ask('', { command: 'no-such-command-here' })).toMatchObject({
      code: 'exit_127',
      isInfrastructure: true,
    });
  });

  test('the message holds the end of standard error', async () => {
    const answer = await ask('console.error("the database is down");process.exit(3)');
    expect(answer).toMatchObject({
      message: 'it ended with exit code 3: the database is down',
    });
  });

  test('of a stack trace, the message holds the error', async () => {
    expect(await ask('throw new TypeError("no status")')).toMatchObject({
      message: 'it ended with exit code 1: TypeError: no status',
    });
    const python =
      'printf "Traceback:\\\\n  File a.py, line 1\\\\nValueError: no id\\\\n" >&2; exit 1';
    expect(await ask('', { command: python })).toMatchObject({
      message: 'it ended with exit code 1: ValueError: no id',
    });
  });

  test('a command that hangs is killed with what it started', async () => {
    const began = performance.now();
    const answer = await ask('', { command: 'sleep 30 & sleep 30', pause: async () => {} });
    expect(answer).toMatchObject({
      code: 'timeout',
      message: 'it did not end within 5 s',
      isInfrastructure: true,
    });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('a gigabyte of output is not read to its end', async () => {
    const answer = await ask('', {
      command: 'yes 0123456789 | head -c 1000000000',
      maxBytes: 1_000_000,
    });
    expect(answer).toMatchObject({ code: 'flood', isInfrastructure: false });
  });
});

test('an abort kills the command and is thrown', async () => {
  const stop = new AbortController();
  const asked = ask('', { command: 'sleep 30' }, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});
