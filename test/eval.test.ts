import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ReportedAttempt, ReportedAttempts } from '../src/contract/eval-report.ts';
import { templateData } from '../src/platform/report-template.ts';
import { unpacked } from '../src/text/packed.ts';
import { attemptKey } from '../src/verify/run/plan-attempts.ts';
import { writeDemoSuite } from './demo-suite.ts';
import { writeSuite } from './eval-suite.ts';
import { killAndResume } from './kill-and-resume.ts';
import { runCulprit } from './run-culprit.ts';

const main = resolve(import.meta.dirname, '../src/cli/main.ts');
const demo = resolve(import.meta.dirname, '../demo/target.ts');
const folder = mkdtempSync(join(tmpdir(), 'culprit-eval-'));
const env = { PATH: process.env['PATH'], NO_COLOR: '1' };

const culprit = (...args: readonly string[]) => runCulprit(args, { cwd: folder });

const evaluate = (target: string, ...args: readonly string[]) =>
  culprit('eval', 'evals', '--target', target, '--repeat', '2', ...args);

/** A module that answers as a version of the demo does. */
const version = (name: string): string => {
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    `import { answer } from '${demo}';\nexport default (request) => JSON.parse(answer('${name}', request));\n`,
  );
  return `./${name}.ts`;
};

const suiteFile = (): string =>
  join(folder, 'evals', readdirSync(join(folder, 'evals')).find((name) => name.endsWith('.yaml'))!);

const runs = (): string[] => readdirSync(join(folder, 'evals/runs')).sort();

const linesOf = (name: string): readonly { readonly kind: string }[] =>
  readFileSync(join(folder, 'evals/runs', name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  await writeDemoSuite(folder);
  cpSync(join(folder, 'evals'), join(folder, 'fresh'), { recursive: true });
}, 60_000);

const attemptsIn = (report: string): readonly ReportedAttempts[] => {
  const { packs } = JSON.parse(templateData(readFileSync(join(folder, report), 'utf8'))!);
  return packs.flatMap((pack: string) => unpacked(pack));
};

const renewed = (): void => {
  rmSync(join(folder, 'evals'), { recursive: true });
  cpSync(join(folder, 'fresh'), join(folder, 'evals'), { recursive: true });
};

describe('a verdict', () => {
  test('comes first, then what it rests on, then what to do; the record is a file', async () => {
    const { status, stdout, stderr } = await evaluate(version('v5'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trimStart()).toMatch(/^pass {2}c-[0-9a-f]{8}: 3 of 3 guards and 5 of 5 controls/);
    expect(stdout).toMatch(/^guards {4}3 of 3 pass \(at least 44%\)$/m);
    expect(stdout).toMatch(/^attempts {2}16 planned, 16 made, 16 answered, 16 judged$/m);
    expect(stdout).toMatch(/^next {6}add --baseline/m);
    const kinds = linesOf(runs()[0]!).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1), kinds.length]).toEqual(['run', 'end', 34]);
  });

  test('with a baseline, the slice decides and is spent; a second use is refused unless forced', async () => {
    renewed();
    const { status, stdout } = await evaluate(version('v5'), '--baseline', version('v4'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^improved {2}c-[0-9a-f]{8}: the slice rose: /m);
    const run = runs()[0]!.replace('.jsonl', '');
    expect(readFileSync(suiteFile(), 'utf8')).toContain(`spent: ${run}`);
    const refused = await evaluate('./v5.ts', '--baseline', './v4.ts');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain(`the slice was spent by ${run}`);
    const forced = await evaluate('./v5.ts', '--baseline', './v4.ts', '--slice', 'again');
    expect(forced.status).toBe(0);
    expect(forced.stdout).toMatch(/^note +the slice of evals\/.* was used again \(\d+ cases\)/m);
  });

  test('an edit of the suite while the run goes on stays beside the mark that it is spent', async () => {
    renewed();
    const file = suiteFile();
    writeFileSync(
      join(folder, 'editing.ts'),
      `import { readFileSync, writeFileSync } from 'node:fs';
import answer from '${version('v5')}';
let text = '# Edited meanwhile.\\n' + readFileSync('${file}', 'utf8');
export default (request) => {
  if (text !== '') writeFileSync('${file}', text);
  text = '';
  return answer(request);
};\n`,
    );
    const { status } = await evaluate('./editing.ts', '--baseline', version('v4'));
    expect(status).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.match(/^# Edited meanwhile\.$/gm)).toHaveLength(1);
    expect(text).toContain(`spent: ${runs()[0]!.replace('.jsonl', '')}`);
  });

  test('a kept run is a baseline: guards that got worse are regressions', async () => {
    renewed();
    await evaluate(version('v5'));
    const kept = ['--baseline', 'run:last', '--out', 'run.html'];
    const { status, stdout } = await evaluate(version('v5-strict'), ...kept);
    expect(status).toBe(100);
    expect(stdout).toMatch(/^regressed {2}c-[0-9a-f]{8}: 3 guards passed before and fail now: /m);
    expect(stdout).toMatch(/^attempts {2}32 planned, 32 made/m);
    expect(stdout).toMatch(/^report {4}.*run\.html$/m);
    const [guard] = attemptsIn('run.html');
    const steps = (attempt: ReportedAttempt) =>
      guard!.conversations[attempt.conversation!]!.steps.map(({ tool, kind }) => tool ?? kind);
    expect(steps(guard!.baseline[0]!)).toContain('refund_order');
    expect(steps(guard!.candidate[0]!)).toEqual(['user', 'assistant']);
  });

  test('the report does not replace another file, and needs a name to be opened', async () => {
    writeFileSync(join(folder, 'other.html'), '<title>Culprit report</title>');
    const { status, stderr } = await evaluate(version('v5'), '--out', 'other.html');
    expect(status).toBe(1);
    expect(stderr).toContain('a file of another kind');
    expect((await evaluate(version('v5'), '--open')).stderr).toContain('--open needs a report');
  });

  test('traces that a new version recorded are matched by their request', async () => {
    renewed();
    const { cases } = JSON.parse((await evaluate(version('v5'), '--json')).stdout).suites[0];
    const made = linesOf(runs()[0]!).filter(({ kind }) => kind === 'attempt') as unknown as {
      readonly trace: object;
      readonly repeat: number;
    }[];
    const recorded = made.filter(({ repeat }) => repeat === 0).map(({ trace }) => trace);
    expect(recorded).toHaveLength(cases.length);
    const rows = recorded.map((trace) =>
      JSON.stringify({ messages: (trace as { messages: object[] }).messages }),
    );
    writeFileSync(join(folder, 'new.jsonl'), `${rows.join('\n')}\n`);
    const { status, stdout } = await culprit('eval', 'evals', '--target', 'traces:new.jsonl');
    expect(stdout).toMatch(/^attempts {2}8 planned, 8 made, 8 answered, 8 judged$/m);
    expect(status).toBe(0);
    const compared = await culprit(
      ...['eval', 'evals', '--target', './v5.ts', '--baseline', 'traces:new.jsonl'],
      ...['--slice', 'off'],
    );
    expect(compared.stdout).toMatch(/^attempts {2}16 planned, 16 made, 16 answered, 16 judged$/m);
    writeFileSync(join(folder, 'few.jsonl'), `${rows.slice(1).join('\n')}\n`);
    const few = await culprit('eval', 'evals', '--target', 'traces:few.jsonl');
    expect(few.status).toBe(2);
    expect(few.stdout).toMatch(
      /^error +not_recorded in 1 case: no recorded trace has the request/m,
    );
  });

  test('--json prints the judgment', async () => {
    const { judgment, file, next } = JSON.parse((await evaluate('./v5.ts', '--json')).stdout);
    expect(judgment).toMatchObject({ verdict: 'pass', exitCode: 0, integrity: { judged: 16 } });
    expect(file).toMatch(/^evals\/runs\/run-\d{8}-\d{9}-[0-9a-f]{6}\.jsonl$/);
    expect(next).toContain('--baseline');
  });
});

describe('a run that does not get to its end', () => {
  /** Answers as v5 does, after a while, and keeps the keys of what it was asked. */
  const slow = (milliseconds: number): string => {
    writeFileSync(
      join(folder, 'slow.ts'),
      `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { answer } from '${demo}';
export default async (request) => {
  appendFileSync('asked.txt', request.case + ' ' + request.repeat + '\\n');
  await setTimeout(${milliseconds});
  return JSON.parse(answer('v5', request));
};\n`,
    );
    return './slow.ts';
  };

  const asked = (): string[] =>
    readFileSync(join(folder, 'asked.txt'), 'utf8').trimEnd().split('\n');

  test('killed at random moments: it is resumed without paying twice', async () => {
    const evals = join(folder, 'killed');
    writeSuite(evals, { guards: 20, controls: 5, register: { repeats: 4 } });
    const run = await killAndResume(evals, { planned: 100, kills: 3, seed: 11 });
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^attempts {2}100 planned, 100 made, 100 answered, 100 judged$/m);
    expect(run.attempts).toHaveLength(100);
    expect(run.paidTwice).toEqual([]);
    expect(run.inFlight.size).toBeGreaterThan(0);
    for (const each of run.attempts) {
      const key = attemptKey(each);
      expect(each.maybeChargedTwice).toBe(run.inFlight.has(key));
      expect(run.asked.get(key)).toBeLessThanOrEqual(1 + (run.inFlight.get(key) ?? 0));
    }
    expect(run.stdout).toContain('may have been charged twice');
  }, 120_000);

  /** Whether the process has begun to ask. */
  const hasAsked = (): boolean => {
    try {
      return asked().length > 0;
    } catch {
      return false;
    }
  };

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'stopped by %s: a whole record, marked incomplete',
    async (signal) => {
      renewed();
      rmSync(join(folder, 'asked.txt'), { force: true });
      const child = spawn(process.execPath, [main, 'eval', 'evals', '--target', slow(400)], {
        ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
      });
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += String(chunk);
      });
      const ended = new Promise((end) => child.once('close', end));
      while (!hasAsked()) await new Promise((go) => setTimeout(go, 20));
      child.kill(signal);
      expect(await ended).toBe(2);
      expect(stdout).toMatch(/^incomplete {2}/m);
      expect(stdout).toMatch(/^next +the same command with --resume continues this run$/m);
      expect(linesOf(runs()[0]!).at(-1)).toMatchObject({ kind: 'end', isComplete: false });
    },
    30_000,
  );

  test('out of budget', async () => {
    renewed();
    const { status, stdout } = await evaluate('./v5.ts', '--max-calls', '5');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^stopped +the budget of 5 calls is used up$/m);
    const changed = await evaluate('./v5.ts', '--max-calls', '50', '--resume');
    expect(changed.status).toBe(1);
    expect(changed.stderr).toContain('--resume: budget of run-');
  });
});

describe('bad input has its own message and exit code', () => {
  test.each([
    {
      what: 'a target that is none',
      args: ['--target', 'agent'],
      status: 1,
      says: /--target agent: give cmd:/,
    },
    { what: 'no target', args: [], status: 1, says: /--target/ },
    {
      what: 'a module that is not there',
      args: ['--target', './no.ts'],
      status: 1,
      says: /--target \.\/no\.ts: cannot be loaded/,
    },
    {
      what: 'traces that are not there',
      args: ['--target', 'traces:no.jsonl'],
      status: 10,
      says: /no\.jsonl/,
    },
    {
      what: 'a baseline that was never run',
      args: ['--target', 'cmd:x', '--baseline', 'run:nope'],
      status: 1,
      says: /no such complete run/,
    },
    {
      what: 'nothing to resume',
      args: ['--target', 'cmd:x', '--resume', '--runs', 'none'],
      status: 1,
      says: /there is no run in none/,
    },
    {
      what: 'a label that no suite has',
      args: ['--target', 'cmd:x', '--label', 'weekly'],
      status: 2,
      says: /nothing evaluated: .* label weekly/,
    },
    {
      what: 'a cost that is none',
      args: ['--target', 'cmd:x', '--max-cost', 'much'],
      status: 1,
      says: /--max-cost.*US dollars/,
    },
  ])('$what', async ({ args, status, says }) => {
    const result = await culprit('eval', 'fresh', ...args);
    expect(result.stderr).toMatch(says);
    expect(result.status).toBe(status);
  });

  test('a folder without suites', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(await culprit('eval', 'empty', '--target', 'cmd:x')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nothing evaluated: empty holds no suite'),
    });
    expect((await culprit('eval', 'nowhere', '--target', 'cmd:x')).status).toBe(10);
  });

  test('a suite that cannot be used', async () => {
    renewed();
    writeFileSync(
      suiteFile(),
      readFileSync(suiteFile(), 'utf8').replace('check: answered', 'check: answred'),
    );
    const { status, stderr } = await evaluate('cmd:x');
    expect(status).toBe(15);
    expect(stderr).toMatch(/^error evals\/[\w-]+\.yaml:\d+: there is no check answred/);
  });

  test('a record without its first line, of a run killed before it began, is no run', async () => {
    renewed();
    mkdirSync(join(folder, 'evals/runs'));
    writeFileSync(join(folder, 'evals/runs/run-20990101-000000-abcdef.jsonl'), '{"kind":"ru');
    const resumed = await evaluate(version('v5'), '--resume');
    expect(resumed).toMatchObject({ status: 1, stdout: '' });
    expect(resumed.stderr).toContain('there is no run in evals/runs');
    expect((await evaluate('./v5.ts')).status).toBe(0);
    expect((await evaluate('./v5.ts', '--baseline', 'run:last')).status).toBe(0);
    expect((await culprit('eval', 'history', 'evals')).status).toBe(0);
  });

  test('a record that is damaged', async () => {
    renewed();
    mkdirSync(join(folder, 'evals/runs'));
    appendFileSync(join(folder, 'evals/runs/run-20260101-000000-abcdef.jsonl'), '{"kind":"end"}\n');
    const { status, stderr } = await evaluate('cmd:x', '--baseline', 'run:last');
    expect(status).toBe(1);
    expect(stderr).toMatch(/run-20260101-000000-abcdef\.jsonl:1: not a line of a run/);
  });
});
