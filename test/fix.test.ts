import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ReportedAttempts } from '../src/contract/eval-report.ts';
import type { FixEdit } from '../src/contract/fix.ts';
import { chatServer, completion } from '../src/llm/testing/chat-server.ts';
import { sendJson } from '../src/llm/testing/json-server.ts';
import { templateData } from '../src/platform/report-template.ts';
import { unpacked } from '../src/text/packed.ts';
import { recorded, told, WRONG } from './fix-simulator.ts';
import { PLANTED } from './planted-causes.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-fix-test-'));
const simulator = resolve(import.meta.dirname, 'fix-simulator.ts');
const causes = resolve(import.meta.dirname, 'planted-causes.ts');
const [refund] = PLANTED;
const texts = told(refund!);
const rows = recorded(refund!).map(({ id, messages, tools }) =>
  JSON.stringify({ id, messages, tools }),
);

/** An agent that heeds its prompt and its tools, as a module and as a command. `cure`: what makes it do right. */
const agent = (cure: string): string => `
import { readFileSync } from 'node:fs';
import { runAgent } from '${simulator}';
import { PLANTED } from '${causes}';
const planted = { ...PLANTED[0], cure: ${cure} };
const answer = ({ input, seed }, prompt, tools) => {
  const trace = runAgent(planted, { prompt: readFileSync(prompt, 'utf8'), tools: readFileSync(tools, 'utf8') }, input, seed);
  return { messages: trace.messages, tools: trace.tools };
};
export default (request, { promptFile, toolsFile }) => answer(request, promptFile, toolsFile);
if (import.meta.main)
  process.stdout.write(JSON.stringify(answer(JSON.parse(readFileSync(0, 'utf8')), process.env.CULPRIT_PROMPT_FILE, process.env.CULPRIT_TOOLS_FILE)));
`;

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'traces.jsonl'), `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'prompt.txt'), texts.prompt);
  writeFileSync(join(folder, 'tools.json'), texts.tools);
  writeFileSync(join(folder, 'agent.ts'), agent(String(refund!.cure)));
  writeFileSync(join(folder, 'stubborn.ts'), agent('/no such words/'));
});

const fix = (...args: readonly string[]) =>
  runCulprit(['fix', 'traces.jsonl', '--cause', '1', ...args], {
    cwd: folder,
    env: { OPENAI_API_KEY: 'sk-test', XDG_STATE_HOME: join(folder, 'state') },
  });

const FILES = ['--prompt', 'prompt.txt', '--tools', 'tools.json'] as const;
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const files = (name: string): readonly string[] => readdirSync(join(folder, name)).toSorted();

test('without a target, the change stays a hypothesis, and nothing is written', async () => {
  const { status, stdout, stderr } = await fix();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^hypothesis {2}The definition of `refund_order` does not say what/m);
  expect(stdout).toMatch(
    /^because +confirmed: the required argument `order_id` of `refund_order`/m,
  );
  expect(stdout).toMatch(/^ {2}\+ .*"description": "The order id\. Take it from/m);
  expect(stdout).toMatch(/not tried: no target is named/);
  expect(stdout).toMatch(/^next +culprit fix <files> c-[0-9a-f]{8} --prompt/m);
  expect(existsSync(join(folder, 'evals'))).toBe(false);
});

test('a target without a declared prompt or tools gets a hypothesis, too', async () => {
  const { status, stdout } = await fix('--target', './agent.ts');
  expect(status).toBe(2);
  expect(stdout).toMatch(/not tried: the target declares neither its prompt nor its tools/);
  expect(existsSync(join(folder, 'evals'))).toBe(false);
});

describe('a change', () => {
  test('that works on a command is shown with its proof and as a patch; the files of the user stay', async () => {
    const { status, stdout, stderr } = await fix(
      ...['--target', `cmd:${process.execPath} agent.ts`, ...FILES],
      ...['--repeat', '1', '--patch', 'fix.patch'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^works {7}The definition of `refund_order` does not say/m);
    expect(stdout).toMatch(/^result +the slice rose: .*3 of 3 guards\s+pass$/m);
    expect(stdout).toMatch(/^cases +should turn: 3 guards and 30 of the slice$/m);
    expect(stdout).toMatch(/^next +patch -p1 < fix\.patch makes the change; then culprit eval/m);
    expect([read('prompt.txt'), read('tools.json')]).toEqual([texts.prompt, texts.tools]);
    const [suite] = files('evals').filter((name) => name.endsWith('.yaml'));
    expect(read(`evals/${suite}`)).toMatch(/^ +spent: run-/m);
    expect(JSON.parse(read('evals/runs/fixes.jsonl'))).toMatchObject({ verdict: 'works' });

    cpSync(join(folder, 'tools.json'), join(folder, 'before.json'));
    expect(spawnSync('patch', ['-p1', '-i', 'fix.patch'], { cwd: folder }).status).toBe(0);
    const [changed] = JSON.parse(read('tools.json')).filter(
      ({ name }: { readonly name: string }) => name === 'refund_order',
    );
    expect(changed.parameters.properties.order_id.description).toMatch(/^The order id\. Take it/);
    const kept = await runCulprit(
      ['eval', 'evals', '--target', './agent.ts', ...FILES, '--repeat', '1'],
      { cwd: folder },
    );
    expect(kept.stdout).toMatch(/^(?:pass|no evidence) /m);
  }, 120_000);

  test('that leaves every answer as it was is no evidence: the target may not read the files', async () => {
    writeFileSync(
      join(folder, 'deaf.ts'),
      `import agent from './agent.ts';
export default (request) => agent(request, { promptFile: 'prompt.txt', toolsFile: 'tools.json' });\n`,
    );
    const { status, stdout } = await fix('--target', './deaf.ts', ...FILES, '--repeat', '1');
    expect(status).toBe(3);
    expect(stdout).toMatch(/^no evidence The definition/m);
    expect(stdout).toMatch(/every answer is the same as without the change: make the target read/);
    const again = await fix('--target', './deaf.ts', ...FILES, '--slice', 'again');
    expect(again.stdout).toMatch(/^no evidence /m);
    expect(again.stdout).toMatch(/30 slice cases were used again: no fresh proof/);
  });

  test('is not tried beyond the budget', async () => {
    const { status, stdout } = await fix('--target', './agent.ts', ...FILES, '--max-calls', '10');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^incomplete {2}The definition/m);
    expect(stdout).toMatch(/^used +10 calls$/m);
    const [suite] = files('evals').filter((name) => name.endsWith('.yaml'));
    expect(read(`evals/${suite}`)).not.toContain('spent');
  });
});

const lineOf = (edit: FixEdit): string => (edit.kind === 'add_to_prompt' ? edit.text : '');

/** A model that proposes a change without effect, one that moves failures, and one with an invented quote. */
const proposing = () =>
  chatServer(({ body }, response) => {
    const change = (claim: string, text: string, quote = '') => ({
      ...{ claim, run: 1, step: 0, quote, layer: 'prompt' },
      edits: [{ where: 'prompt', tool: '', argument: '', find: '', text }],
    });
    sendJson(
      response,
      200,
      completion(
        body.model,
        JSON.stringify({
          fixes: [
            change('The prompt does not ask for care', lineOf(WRONG), 'words that nobody wrote'),
            change('The prompt does not ask for caution', lineOf(refund!.moving), 'Use the tools'),
            { ...change('No such tool', 'x'), edits: [{ where: 'tool', tool: 'none', text: 'x' }] },
          ],
        }),
      ),
    );
  });

test('what a model proposes is tried, too; what did not work is remembered and not tried again', async () => {
  await using server = await proposing();
  const args = [
    ...['--target', './stubborn.ts', ...FILES, '--repeat', '2'],
    ...['--label-model', `openai:m@${server.baseUrl}`, '--label-max-calls', '5'],
  ];
  const { status, stdout, stderr } = await fix(...args, '--out', 'fix.html');
  expect(status).toBe(100);
  expect(stderr).toMatch(/^openai:m@127\.0\.0\.1:\d+: 1 call, /m);
  expect(stdout).toMatch(/^refuted {5}The definition of `refund_order`/m);
  expect(stdout).toMatch(/^refuted {5}The prompt does not ask for care$/m);
  expect(stdout).toMatch(/^relocated {3}The prompt does not ask for caution$/m);
  expect(stdout).toMatch(/^result +the slice rises by less than the 50% that is worth having/m);
  expect(stdout).not.toContain('words that nobody wrote');
  expect(stdout).not.toContain('No such tool');
  expect(stdout).toContain('“Use the tools”');
  // Of the last run, whose baseline was made in the first: both sides of every case are there.
  const { packs } = JSON.parse(templateData(read('fix.html'))!);
  const shown: readonly ReportedAttempts[] = packs.flatMap((pack: string) => unpacked(pack));
  expect(shown).toHaveLength(38);
  for (const { baseline, candidate } of shown)
    for (const attempt of [...baseline, ...candidate])
      expect(attempt.conversation).toEqual(expect.any(Number));
  const runs = files('evals/runs').filter((name) => name.startsWith('run-'));
  expect(runs).toHaveLength(3);
  const headers = runs.map((name) => JSON.parse(read(`evals/runs/${name}`).split('\n')[0]!));
  expect(headers.map(({ family }) => family)).toEqual([3, 3, 3]);
  // The attempts at the target as it is are made once: 38 cases, twice, on one side and then on three.
  expect(stdout).toMatch(/^used +304 calls$/m);

  const again = await fix(...args, '--json');
  expect(again.status).toBe(2);
  const { hypotheses, remembered, notTried } = JSON.parse(again.stdout);
  expect(hypotheses).toEqual([]);
  expect(remembered.map(({ verdict }: { readonly verdict: string }) => verdict)).toEqual([
    ...['refuted', 'refuted', 'relocated'],
  ]);
  expect(notTried).toBe('there is nothing to try');
  // The model was told what did not work, and so was asked anew.
  const [first, second] = server.received.map(({ body }) => body.messages.at(-1)!.content);
  expect(server.received).toHaveLength(2);
  expect(first).not.toContain('changes that did not work');
  expect(second).toMatch(/changes that did not work\n[\s\S]*\+Be careful/);
}, 60_000);

test.each([
  { args: ['--target', 'http://127.0.0.1:1/', ...FILES], says: /--target http:.*: give cmd:/ },
  { args: ['--target', 'traces:a.jsonl'], says: /nothing else can be given another prompt/ },
  { args: ['--out', 'fix.html'], says: /--out needs something to try it on/ },
  { args: ['--open'], says: /--open needs a report: name one with --out/ },
  { args: ['--repeat', '2'], says: /--repeat needs something to try it on: name it with --target/ },
  { args: ['--label-max-calls', '2'], says: /--label-max-calls needs a model/ },
  { args: ['--patch', 'a.patch'], says: /--patch needs a file to patch: name it with --prompt or/ },
  {
    args: ['--prompt', 'prompt.txt', '--patch', 'prompt.txt'],
    says: /--patch prompt\.txt: this is the file to patch/,
  },
  { args: ['--tools', 'prompt.txt'], says: /--tools prompt\.txt: not valid JSON/ },
  { args: ['c-00000000'], says: /--cause 1 and c-00000000 both name a cause/ },
])('rejects $args', async ({ args, says }) => {
  const { status, stdout, stderr } = await fix(...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(says);
});

test('an unknown cause, and a prompt that is not there', async () => {
  const unknown = await runCulprit(['fix', 'traces.jsonl', 'c-00000000'], { cwd: folder });
  expect(unknown.stderr).toMatch(/there is no cause c-00000000; the analysis found c-/);
  expect((await fix('--prompt', 'none.txt')).status).toBe(10);
});
